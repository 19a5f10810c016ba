package dev.stravinsky.cli.command;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Value;
import java.io.IOException;

/** {@code stravinsky pin [VERSION]}. */
public final class PinCommand extends Command {
  private final Value<String> version =
      arguments().optionalParameter("VERSION", "Which one (default: the one in force).");

  private final ScopeOption scope = new ScopeOption(arguments());

  public PinCommand(Session session) {
    super(session, "Let updates bring one version only, until unpin.");
  }

  @Override
  ExitStatus run() throws IOException {
    Scope whose = scope.of(session());
    Version pinned =
        version.given().isPresent()
            ? TypedVersion.of(version.get(), "stravinsky pin")
            : inForce(whose);
    if (services().holds().pin(whose, pinned)) {
      output().success("Pinned to " + pinned + ". To end that: stravinsky unpin");
    } else {
      output().line("Pinned to " + pinned + " already; nothing to do.");
    }
    return ExitStatus.DONE;
  }

  private Version inForce(Scope whose) throws IOException {
    Version current = services().installed().current(whose);
    if (current.equals(Version.UNTRACKED)) {
      throw new NotFoundException(
          Problem.of(ErrorKind.UNKNOWN, "no release is installed that could be pinned")
              .leaving("nothing was changed")
              .next("stravinsky pin VERSION"));
    }
    return current;
  }
}
