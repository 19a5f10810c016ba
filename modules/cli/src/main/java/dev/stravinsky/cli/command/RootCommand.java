package dev.stravinsky.cli.command;

import dev.stravinsky.cli.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program without a command. */
@Command(
    name = "stravinsky",
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Makes changing a tool's configuration safe: check, back up, swap, verify, roll back.",
    versionProvider = RootCommand.Version.class,
    footer = {
      "",
      "Something broken?  stravinsky rollback undo",
      "What happened?     stravinsky audit log --limit 10"
    })
public final class RootCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean version;

  /** The session's options are mixed in by the command table. */
  public RootCommand(Session session) {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /** The version out of the module, or the JAR's manifest. */
  public static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String compiled =
          RootCommand.class.getModule().getDescriptor() == null
              ? ""
              : RootCommand.class.getModule().getDescriptor().rawVersion().orElse("");
      String packaged = RootCommand.class.getPackage().getImplementationVersion();
      String known = compiled.isEmpty() ? packaged : compiled;
      return new String[] {"stravinsky " + (known == null ? "(not packaged)" : known)};
    }
  }
}
