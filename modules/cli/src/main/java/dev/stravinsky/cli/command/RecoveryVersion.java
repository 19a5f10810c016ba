package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Value;
import java.io.IOException;

/** {@code stravinsky recovery version VERSION}. */
public final class RecoveryVersion extends Command {
  private final Value<String> version =
      arguments().parameter("VERSION", "A version, or a backup's id.");

  private final RecoveryOptions options = new RecoveryOptions(arguments());

  public RecoveryVersion(Session session) {
    super(session, "Bring back everything that a version's backup has.");
  }

  @Override
  ExitStatus run() throws IOException {
    return options.run(session(), how -> services().recovery().version(version.get(), how));
  }
}
