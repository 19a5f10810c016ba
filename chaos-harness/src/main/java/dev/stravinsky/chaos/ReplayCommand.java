package dev.stravinsky.chaos;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code chaos replay ID}. */
@Command(
    name = "replay",
    description = "Try one place again, and show what was done to the file system.")
final class ReplayCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "ID", description = "As the run printed it: update/disk-full/17.")
  String id;

  @Option(
      names = "--seed",
      paramLabel = "N",
      required = true,
      description = "Of the run that the id is from.")
  long seed;

  @Option(names = "--reads", description = "Also show what only reads or looks.")
  boolean reads;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Override
  public Integer call() throws IOException {
    TrialId trial =
        TrialId.parse(id)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(), "no id of a trial: \"" + id + "\"; see: chaos list"));
    Trace trace = new Trace(!reads);
    Trial result;
    try (Laboratory laboratory = new Laboratory(seed)) {
      result = laboratory.replay(trial, trace);
    } catch (IndexOutOfBoundsException e) {
      throw new ParameterException(spec.commandLine(), "there is no such place: " + id, e);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(result.id() + ", seed " + seed + ": " + result.place());
    trace.lines().forEach(out::println);
    out.println(result.fired() ? "the fault took place" : "the fault did NOT take place");
    result.violations().forEach(each -> out.println("VIOLATED " + each));
    out.println("violations: " + result.violations().size());
    out.flush();
    return result.held() && result.fired() ? 0 : 1;
  }
}
