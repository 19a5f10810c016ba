package dev.stravinsky.cli.command;

import dev.stravinsky.api.check.Plugins.Plugin;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Value;
import java.io.IOException;

/** {@code stravinsky plugin install FILE}. */
public final class PluginInstall extends Command {
  private final Value<String> file = arguments().parameter("FILE", "A bundle: a .jar file.");

  private final DryRunOption dryRun = new DryRunOption(arguments());

  public PluginInstall(Session session) {
    super(session, "Install a plugin for you, or replace it by another version.");
  }

  @Override
  ExitStatus run() throws IOException {
    var environment = services().environment();
    var bundle = environment.expand(file.get(), environment.workingDirectory());
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
