package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import java.io.IOException;

/** {@code stravinsky config validate}. */
public final class ConfigValidate extends Command {
  public ConfigValidate(Session session) {
    super(session, "Say everything that is wrong with config.json.");
  }

  @Override
  ExitStatus run() throws IOException {
    services().config().load();
    output().success(services().config().file() + ": no error.");
    return ExitStatus.DONE;
  }
}
