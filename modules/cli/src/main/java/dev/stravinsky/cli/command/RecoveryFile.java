package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import java.io.IOException;

/** {@code stravinsky recovery file PATH [VERSION]}. */
public final class RecoveryFile extends Command {
  private final WantedPath wanted = new WantedPath(arguments());
  private final RecoveryOptions options = new RecoveryOptions(arguments());

  public RecoveryFile(Session session) {
    super(session, "Bring one file back, also a deleted one.");
  }

  @Override
  ExitStatus run() throws IOException {
    var path = wanted.path(session());
    return options.run(session(), how -> services().recovery().file(path, wanted.version(), how));
  }
}
