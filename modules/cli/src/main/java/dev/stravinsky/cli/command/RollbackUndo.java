package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import java.io.IOException;

/** {@code stravinsky rollback undo}. */
public final class RollbackUndo extends Command {
  private final RollbackOptions options = new RollbackOptions(arguments());

  public RollbackUndo(Session session) {
    super(session, "Revert the last change of version; again, and you go one further back.");
  }

  @Override
  ExitStatus run() throws IOException {
    return options.run(
        session(), request -> services().updater().undo(request, session().progress()));
  }
}
