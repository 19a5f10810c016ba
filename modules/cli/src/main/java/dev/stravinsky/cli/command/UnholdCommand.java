package dev.stravinsky.cli.command;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Flag;
import dev.stravinsky.cli.command.Arguments.Value;
import java.io.IOException;

/** {@code stravinsky unhold VERSION}. */
public final class UnholdCommand extends Command {
  private final Value<String> version =
      arguments().optionalParameter("VERSION", "The version that may be installed again.");

  private final Flag all =
      arguments().flag("Every version, and the pin; also if the list is damaged.", "--all");

  private final ScopeOption scope = new ScopeOption(arguments());

  public UnholdCommand(Session session) {
    super(session, "Let a held version be installed again, whoever held it.");
  }

  @Override
  ExitStatus run() throws IOException {
    if (version.given().isPresent() == all.given()) {
      throw new UsageException(
          Problem.of(ErrorKind.UNKNOWN, "unhold needs either a version or --all")
              .leaving("nothing was changed")
              .next("stravinsky unhold VERSION"));
    }
    Scope whose = scope.of(session());
    return all.given() ? clear(whose) : end(whose);
  }

  private ExitStatus clear(Scope whose) throws IOException {
    if (services().holds().clear(whose)) {
      output().success("No version is held, and none pinned.");
    } else {
      output().line("No version is held or pinned; nothing to do.");
    }
    return ExitStatus.DONE;
  }

  private ExitStatus end(Scope whose) throws IOException {
    Version held = TypedVersion.of(version.get(), "stravinsky status");
    if (services().holds().unhold(whose, held)) {
      output().success(held + " is not held any more.");
    } else {
      output().line(held + " is not held; nothing to do.");
    }
    return ExitStatus.DONE;
  }
}
