package dev.stravinsky.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A word that only has commands below it. */
@Command(synopsisSubcommandLabel = "COMMAND")
public final class GroupCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

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
