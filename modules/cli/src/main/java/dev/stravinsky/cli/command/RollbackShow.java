package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.update.RollbackRequest;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Flag;
import dev.stravinsky.cli.command.Arguments.Value;
import java.io.IOException;

/** {@code stravinsky rollback show VERSION}. */
public final class RollbackShow extends Command {
  private final Value<String> version =
      arguments().parameter("VERSION", "A version, or a backup's id.");

  private final Flag exact = arguments().flag("As rollback to --exact would do it.", "--exact");

  private final ScopeOption scope = new ScopeOption(arguments());
  private final JsonOption json = new JsonOption(arguments());

  public RollbackShow(Session session) {
    super(session, "Show what going to a version would change.");
  }

  @Override
  ExitStatus run() throws IOException {
    session().reportInterrupted();
    RollbackRequest request = new RollbackRequest(scope.of(session()), exact.given(), true, true);
    return new RollbackOutput(output(), json.asked())
        .print(services().updater().rollbackTo(version.get(), request, session().progress()));
  }
}
