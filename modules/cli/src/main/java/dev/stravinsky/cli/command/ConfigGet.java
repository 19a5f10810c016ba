package dev.stravinsky.cli.command;

import dev.stravinsky.api.config.ConfigStore.Entry;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.cli.Session;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code stravinsky config get KEY}. */
@CommandLine.Command(description = "Print one setting's value.")
public final class ConfigGet extends Command {
  @Parameters(paramLabel = "KEY", description = "For example backup.max_versions.")
  private String key;

  @Mixin private final SecretsOption secrets = new SecretsOption();

  public ConfigGet(Session session) {
    super(session);
  }

  @Override
  ExitStatus run() throws IOException {
    for (Entry entry : services().config().entries()) {
      if (entry.key().equals(key)) {
        output().line(secrets.value(entry));
        return ExitStatus.DONE;
      }
    }
    throw new NotFoundException(
        Problem.of(ErrorKind.UNKNOWN, "there is no setting \"" + key + "\"")
            .leaving("nothing was changed")
            .next("stravinsky config show"));
  }
}
