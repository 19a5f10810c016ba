package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import java.io.IOException;
import picocli.CommandLine;

/** {@code stravinsky config validate}. */
@CommandLine.Command(description = "Say everything that is wrong with config.json.")
public final class ConfigValidate extends Command {
  public ConfigValidate(Session session) {
    super(session);
  }

  @Override
  ExitStatus run() throws IOException {
    services().config().load();
    output().success(services().config().file() + ": no error.");
    return ExitStatus.DONE;
  }
}
