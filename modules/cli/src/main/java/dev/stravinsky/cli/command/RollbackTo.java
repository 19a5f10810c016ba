package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code stravinsky rollback to VERSION}. */
@CommandLine.Command(description = "Go to any version that has a backup, back or forward.")
public final class RollbackTo extends Command {
  @Parameters(paramLabel = "VERSION", description = "A version, or a backup's id.")
  private String version;

  @Mixin private final RollbackOptions options = new RollbackOptions();

  public RollbackTo(Session session) {
    super(session);
  }

  @Override
  ExitStatus run() throws IOException {
    return options.run(
        session(),
        request -> services().updater().rollbackTo(version, request, session().progress()));
  }
}
