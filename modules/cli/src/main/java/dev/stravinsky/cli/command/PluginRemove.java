package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Value;
import java.io.IOException;

/** {@code stravinsky plugin remove NAME}. */
public final class PluginRemove extends Command {
  private final Value<String> name = arguments().parameter("NAME", "As plugin list shows it.");

  private final DryRunOption dryRun = new DryRunOption(arguments());

  public PluginRemove(Session session) {
    super(session, "Remove a plugin of yours.");
  }

  @Override
  ExitStatus run() throws IOException {
    if (dryRun.asked()) {
      output().line("Would remove " + name.get() + ".");
      return ExitStatus.DONE;
    }
    services().plugins().remove(name.get());
    output().success("Removed " + name.get());
    return ExitStatus.DONE;
  }
}
