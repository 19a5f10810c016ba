package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code stravinsky plugin remove NAME}. */
@CommandLine.Command(description = "Remove a plugin of yours.")
public final class PluginRemove extends Command {
  @Parameters(paramLabel = "NAME", description = "As plugin list shows it.")
  private String name;

  @Mixin private final DryRunOption dryRun = new DryRunOption();

  public PluginRemove(Session session) {
    super(session);
  }

  @Override
  ExitStatus run() throws IOException {
    if (dryRun.asked()) {
      output().line("Would remove " + name + ".");
      return ExitStatus.DONE;
    }
    services().plugins().remove(name);
    output().success("Removed " + name);
    return ExitStatus.DONE;
  }
}
