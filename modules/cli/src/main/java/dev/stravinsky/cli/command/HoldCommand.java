package dev.stravinsky.cli.command;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Value;
import java.io.IOException;

/** {@code stravinsky hold VERSION}. */
public final class HoldCommand extends Command {
  private final Value<String> version =
      arguments().parameter("VERSION", "The version that is not to be installed.");

  private final Value<String> reason =
      arguments().option("--reason", "TEXT", "Why; status shows it.");

  private final ScopeOption scope = new ScopeOption(arguments());

  public HoldCommand(Session session) {
    super(
        session,
        "Do not install a version, until unhold.",
        "",
        "A version that failed here, or that you rolled back, is held by itself until you ask for it"
            + " by its name.");
  }

  @Override
  ExitStatus run() throws IOException {
    Scope whose = scope.of(session());
    Version held = TypedVersion.of(version.get(), "stravinsky hold v1.2.3");
    boolean changed = services().holds().hold(whose, held, reason.given());
    if (changed) {
      output().success(held + " is held: no update installs it.");
      output().line("To end that: stravinsky unhold " + held);
    } else {
      output().line(held + " is held already; nothing to do.");
    }
    return ExitStatus.DONE;
  }
}
