package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import picocli.CommandLine;

/** {@code stravinsky config path}. */
@CommandLine.Command(description = "Print where config.json is.")
public final class ConfigPath extends Command {
  public ConfigPath(Session session) {
    super(session);
  }

  @Override
  ExitStatus run() {
    output().line(services().config().file().toString());
    return ExitStatus.DONE;
  }
}
