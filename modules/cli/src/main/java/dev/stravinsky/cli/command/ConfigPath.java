package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;

/** {@code stravinsky config path}. */
public final class ConfigPath extends Command {
  public ConfigPath(Session session) {
    super(session, "Print where config.json is.");
  }

  @Override
  ExitStatus run() {
    output().line(services().config().file().toString());
    return ExitStatus.DONE;
  }
}
