package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code stravinsky recovery directory PATH [VERSION]}. */
@CommandLine.Command(description = "Bring a folder back; files that the backup lacks stay.")
public final class RecoveryDirectory extends Command {
  @Mixin private final WantedPath wanted = new WantedPath();
  @Mixin private final RecoveryOptions options = new RecoveryOptions();

  public RecoveryDirectory(Session session) {
    super(session);
  }

  @Override
  ExitStatus run() throws IOException {
    var path = wanted.path(session());
    return options.run(
        session(), how -> services().recovery().directory(path, wanted.version(), how));
  }
}
