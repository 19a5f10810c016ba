package dev.stravinsky.chaos;

import dev.stravinsky.chaos.SequencePlayer.Played;
import dev.stravinsky.chaos.ground.Ground;
import dev.stravinsky.chaos.report.ChaosReport.Failure;
import dev.stravinsky.chaos.report.ChaosReport.Row;
import dev.stravinsky.chaos.sequence.Sequence;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Random sequences of commands with faults at random positions, many at a time. One that fails is
 * told as the shortest one that still does.
 */
final class Sequences implements AutoCloseable {
  /** The fault's name in reports. */
  static final String FAULTS = "random";

  /** The cell's id. */
  static final String ID = Sequence.NAME + "/" + FAULTS;

  /** So many failures are shrunk; the others are alike. */
  private static final int SHRUNK = 3;

  private final World world;

  Sequences() throws IOException {
    world = Crew.alone(() -> World.of(Operation.UPDATE, Ground.MEMORY, Preparation::offerBoth));
  }

  /** What is told of them where the time was over before. */
  static Row notRun() {
    return new Row(Sequence.NAME, FAULTS, 0, 0, 0, 0, Optional.empty(), List.of(), Duration.ZERO);
  }

  /** A sequence and what came of it. */
  record Tried(Sequence sequence, Played played) {}

  /** Plays so many that the seed stands for. */
  Row run(long seed, int count) throws IOException {
    long start = System.nanoTime();
    List<Callable<Tried>> tasks = new ArrayList<>();
    for (Sequence each :
        IntStream.range(0, count).mapToObj(i -> Sequence.drawn(seed, i)).toList()) {
      tasks.add(() -> new Tried(each, attempt(each, Watcher.NOBODY)));
    }
    List<Tried> all = Crew.all(tasks);
    List<Failure> failures = new ArrayList<>();
    for (Tried failed : all.stream().filter(tried -> !tried.played().held()).toList()) {
      failures.add(failure(failed, failures.size() < SHRUNK));
    }
    return new Row(
        Sequence.NAME,
        FAULTS,
        count,
        all.stream().mapToInt(tried -> tried.played().planned()).sum(),
        all.stream().mapToInt(tried -> tried.played().injected()).sum(),
        (int) all.stream().map(tried -> tried.played().ended()).distinct().count(),
        Optional.empty(),
        failures,
        Duration.ofNanos(System.nanoTime() - start));
  }

  /** Plays one again. */
  Played replay(Sequence sequence, Watcher watcher) throws IOException {
    return Crew.alone(() -> attempt(sequence, watcher));
  }

  private Failure failure(Tried failed, boolean shrunk) throws IOException {
    Sequence shortest =
        shrunk
            ? Crew.alone(() -> failed.sequence().shrunk(s -> !attempt(s, Watcher.NOBODY).held()))
            : failed.sequence();
    Trace trace = new Trace(true);
    Played played = replay(shortest, trace);
    List<String> violations = new ArrayList<>(played.violations());
    if (!shortest.equals(failed.sequence())) {
      violations.add("shrunk from " + failed.sequence());
    }
    boolean fired = played.injected() == played.planned();
    return new Failure(shortest.toString(), played.place(), fired, violations, trace.lines());
  }

  /** A fault of the harness itself must not pass for a sequence that held. */
  private Played attempt(Sequence sequence, Watcher watcher) {
    try {
      return SequencePlayer.play(sequence, world, watcher);
    } catch (IOException | RuntimeException e) {
      String failure = "the harness itself failed: " + e;
      return new Played(0, 0, sequence.toString(), List.of(failure), world.clean().before());
    }
  }

  @Override
  public void close() throws IOException {
    world.close();
  }
}
