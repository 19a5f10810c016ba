package dev.stravinsky.cli.command;

import dev.stravinsky.api.check.Plugins.Plugin;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code stravinsky plugin install FILE}. */
@CommandLine.Command(description = "Install a plugin for you, or replace it by another version.")
public final class PluginInstall extends Command {
  @Parameters(paramLabel = "FILE", description = "A bundle: a .jar file.")
  private String file;

  @Mixin private final DryRunOption dryRun = new DryRunOption();

  public PluginInstall(Session session) {
    super(session);
  }

  @Override
  ExitStatus run() throws IOException {
    var environment = services().environment();
    var bundle = environment.expand(file, environment.workingDirectory());
    if (dryRun.asked()) {
      output().line("Would copy " + bundle + " to " + environment.userPlugins() + ".");
      return ExitStatus.DONE;
    }
    Plugin plugin = services().plugins().install(bundle);
    output().success("Installed " + plugin.name() + " " + plugin.version());
    output().field("File", plugin.file());
    output().line("It runs at the next check and update: stravinsky check");
    return ExitStatus.DONE;
  }
}
