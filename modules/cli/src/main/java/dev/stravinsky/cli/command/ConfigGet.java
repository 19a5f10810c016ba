package dev.stravinsky.cli.command;

import dev.stravinsky.api.config.ConfigStore.Entry;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Value;
import java.io.IOException;

/** {@code stravinsky config get KEY}. */
public final class ConfigGet extends Command {
  private final Value<String> key =
      arguments().parameter("KEY", "For example backup.max_versions.");

  private final SecretsOption secrets = new SecretsOption(arguments());

  public ConfigGet(Session session) {
    super(session, "Print one setting's value.");
  }

  @Override
  ExitStatus run() throws IOException {
    for (Entry entry : services().config().entries()) {
      if (entry.key().equals(key.get())) {
        output().line(secrets.value(entry));
        return ExitStatus.DONE;
      }
    }
    throw new NotFoundException(
        Problem.of(ErrorKind.UNKNOWN, "there is no setting \"" + key.get() + "\"")
            .leaving("nothing was changed")
            .next("stravinsky config show"));
  }
}
