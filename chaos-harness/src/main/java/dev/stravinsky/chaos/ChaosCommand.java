package dev.stravinsky.chaos;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the harness's commands share. */
abstract class ChaosCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /** Does the work and says how it ended. */
  abstract int run(PrintWriter out) throws Exception;

  @Override
  public final Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    int status = run(out);
    out.flush();
    return status;
  }

  /** Words that cannot be understood: to be thrown. */
  final ParameterException mistake(String what) {
    return new ParameterException(spec.commandLine(), what);
  }

  final ParameterException mistake(String what, Exception cause) {
    return new ParameterException(spec.commandLine(), what, cause);
  }
}
