package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import java.io.IOException;

/** {@code stravinsky recovery directory PATH [VERSION]}. */
public final class RecoveryDirectory extends Command {
  private final WantedPath wanted = new WantedPath(arguments());
  private final RecoveryOptions options = new RecoveryOptions(arguments());

  public RecoveryDirectory(Session session) {
    super(session, "Bring a folder back; files that the backup lacks stay.");
  }

  @Override
  ExitStatus run() throws IOException {
    var path = wanted.path(session());
    return options.run(
        session(), how -> services().recovery().directory(path, wanted.version(), how));
  }
}
