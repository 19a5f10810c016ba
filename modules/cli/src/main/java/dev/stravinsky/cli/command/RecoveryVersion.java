package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code stravinsky recovery version VERSION}. */
@CommandLine.Command(description = "Bring back everything that a version's backup has.")
public final class RecoveryVersion extends Command {
  @Parameters(paramLabel = "VERSION", description = "A version, or a backup's id.")
  private String version;

  @Mixin private final RecoveryOptions options = new RecoveryOptions();

  public RecoveryVersion(Session session) {
    super(session);
  }

  @Override
  ExitStatus run() throws IOException {
    return options.run(session(), how -> services().recovery().version(version, how));
  }
}
