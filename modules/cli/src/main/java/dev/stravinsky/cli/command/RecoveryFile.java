package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code stravinsky recovery file PATH [VERSION]}. */
@CommandLine.Command(description = "Bring one file back, also a deleted one.")
public final class RecoveryFile extends Command {
  @Mixin private final WantedPath wanted = new WantedPath();
  @Mixin private final RecoveryOptions options = new RecoveryOptions();

  public RecoveryFile(Session session) {
    super(session);
  }

  @Override
  ExitStatus run() throws IOException {
    var path = wanted.path(session());
    return options.run(session(), how -> services().recovery().file(path, wanted.version(), how));
  }
}
