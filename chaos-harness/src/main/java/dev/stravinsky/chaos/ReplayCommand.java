package dev.stravinsky.chaos;

import dev.stravinsky.chaos.ground.Ground;
import dev.stravinsky.chaos.ground.GroundOptions;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chaos replay ID}. */
@Command(
    name = "replay",
    description = "Try one place again, and show what was done to the file system.")
final class ReplayCommand extends ChaosCommand {
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

  @Mixin GroundOptions where;

  @Override
  int run(PrintWriter out) throws IOException {
    TrialId trial =
        TrialId.parse(id)
            .orElseThrow(() -> mistake("no id of a trial: \"" + id + "\"; see: chaos list"));
    Ground ground = where.ground(out);
    Trace trace = new Trace(!reads);
    Trial result;
    try (Laboratory laboratory = new Laboratory(seed, ground)) {
      result = laboratory.replay(trial, trace);
    } catch (IndexOutOfBoundsException e) {
      throw mistake("there is no such place: " + id, e);
    }
    out.println(result.id() + ", seed " + seed + ": " + result.place());
    trace.lines().forEach(out::println);
    out.println(result.fired() ? "the fault took place" : "the fault did NOT take place");
    result.violations().forEach(each -> out.println("VIOLATED " + each));
    out.println("violations: " + result.violations().size());
    return result.held() && result.fired() ? 0 : 1;
  }
}
