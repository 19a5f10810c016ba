package dev.stravinsky.chaos;

import dev.stravinsky.chaos.SequencePlayer.Played;
import dev.stravinsky.chaos.ground.Ground;
import dev.stravinsky.chaos.ground.GroundOptions;
import dev.stravinsky.chaos.sequence.Sequence;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chaos replay ID}. */
@Command(
    name = "replay",
    description = "Try one place again, and show what was done to the file system.")
final class ReplayCommand extends ChaosCommand {
  @Parameters(
      paramLabel = "ID",
      description = "As the run printed it: update/disk-full/17, or sequence:backup,undo.")
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
    Optional<Sequence> sequence = Sequence.parse(id);
    return sequence.isPresent() ? play(sequence.get(), out) : strike(out);
  }

  private int play(Sequence sequence, PrintWriter out) throws IOException {
    Trace trace = new Trace(!reads);
    Played played;
    try (Sequences sequences = new Sequences()) {
      played = sequences.replay(sequence, trace);
    }
    out.println("ended with " + played.place());
    trace.lines().forEach(out::println);
    out.printf("%d of %d faults took place%n", played.injected(), played.planned());
    return verdict(played.violations(), played.injected() == played.planned(), out);
  }

  private int strike(PrintWriter out) throws IOException {
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
    return verdict(result.violations(), result.fired(), out);
  }

  private static int verdict(List<String> violations, boolean fired, PrintWriter out) {
    violations.forEach(each -> out.println("VIOLATED " + each));
    out.println("violations: " + violations.size());
    return violations.isEmpty() && fired ? 0 : 1;
  }
}
