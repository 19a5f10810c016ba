package dev.stravinsky.chaos;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code stravinsky chaos}: breaks the world around the product in a sandbox. No file of the user's
 * is written. Ends with 0 if all held, 1 if anything did not or a planned fault did not take place,
 * 2 for words that cannot be understood.
 */
@Command(
    name = "stravinsky chaos",
    description =
        "Break the world around Stravinsky, in a sandbox, and see whether its promises hold.",
    mixinStandardHelpOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      ListCommand.class,
      ExplainCommand.class,
      ReplayCommand.class,
      CertifyCommand.class,
      ToxiproxyCommand.class
    })
public final class Main implements Runnable {
  @Spec CommandSpec spec;

  /** For picocli. */
  Main() {}

  /** Runs a command and ends the process with its status. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(new Failures());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which one?");
  }
}
