package dev.stravinsky.chaos;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in a sentence; the rest is for those who look for it in the harness. */
final class Failures implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult words) {
    PrintWriter err = commandLine.getErr();
    err.println("error: the chaos harness itself failed: " + failure);
    err.println("  No file of yours was changed.");
    if (System.getenv("STRAVINSKY_CHAOS_DEBUG") == null) {
      err.println("  -> set STRAVINSKY_CHAOS_DEBUG=1 to see where");
    } else {
      failure.printStackTrace(err);
    }
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }
}
