package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Value;
import java.io.IOException;

/** {@code stravinsky rollback to VERSION}. */
public final class RollbackTo extends Command {
  private final Value<String> version =
      arguments().parameter("VERSION", "A version, or a backup's id.");

  private final RollbackOptions options = new RollbackOptions(arguments());

  public RollbackTo(Session session) {
    super(session, "Go to any version that has a backup, back or forward.");
  }

  @Override
  ExitStatus run() throws IOException {
    return options.run(
        session(),
        request -> services().updater().rollbackTo(version.get(), request, session().progress()));
  }
}
