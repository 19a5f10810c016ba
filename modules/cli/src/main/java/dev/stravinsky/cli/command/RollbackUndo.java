package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code stravinsky rollback undo}. */
@CommandLine.Command(
    description = "Revert the last change of version; again, and you go one further back.")
public final class RollbackUndo extends Command {
  @Mixin private final RollbackOptions options = new RollbackOptions();

  public RollbackUndo(Session session) {
    super(session);
  }

  @Override
  ExitStatus run() throws IOException {
    return options.run(
        session(), request -> services().updater().undo(request, session().progress()));
  }
}
