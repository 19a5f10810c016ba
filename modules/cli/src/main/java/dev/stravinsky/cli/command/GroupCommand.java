package dev.stravinsky.cli.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A word that only has commands below it. */
public final class GroupCommand implements Runnable {
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

  /**
   * @param description what those commands are for, a sentence
   */
  public GroupCommand(String description) {
    spec.usageMessage().synopsisSubcommandLabel("COMMAND").description(description);
    new Arguments(spec);
  }

  /** Its place in the command line. */
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a word is missing after \""
            + spec.name()
            + "\": one of "
            + String.join(", ", spec.subcommands().keySet()));
  }
}
