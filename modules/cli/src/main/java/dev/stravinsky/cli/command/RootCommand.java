package dev.stravinsky.cli.command;

import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The program without a command. */
public final class RootCommand implements Runnable {
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  public RootCommand() {
    spec.name("stravinsky").versionProvider(new Version());
    spec.usageMessage()
        .synopsisSubcommandLabel("COMMAND")
        .description(
            "Makes changing a tool's configuration safe: check, back up, swap, verify, roll back.")
        .footer(
            "",
            "Something broken?  stravinsky rollback undo",
            "What happened?     stravinsky audit log --limit 10");
    new Arguments(spec);
    spec.addOption(
        OptionSpec.builder("-V", "--version")
            .type(boolean.class)
            .versionHelp(true)
            .description("Show the version.")
            .build());
  }

  /** Its place in the command line; the options of every command are added by the session. */
  public CommandSpec spec() {
    return spec;
  }

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
