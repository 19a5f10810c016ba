package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import java.io.IOException;

/** {@code stravinsky unpin}. */
public final class UnpinCommand extends Command {
  private final ScopeOption scope = new ScopeOption(arguments());

  public UnpinCommand(Session session) {
    super(session, "Let updates bring any version again.");
  }

  @Override
  ExitStatus run() throws IOException {
    if (services().holds().unpin(scope.of(session()))) {
      output().success("Not pinned any more.");
    } else {
      output().line("No version is pinned; nothing to do.");
    }
    return ExitStatus.DONE;
  }
}
