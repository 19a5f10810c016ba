package dev.stravinsky.chaos;

import dev.stravinsky.chaos.ground.Ground;
import dev.stravinsky.chaos.report.ChaosReport;
import dev.stravinsky.chaos.report.ChaosReport.Failure;
import dev.stravinsky.chaos.report.ChaosReport.Row;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A run of a suite.
 *
 * @param ground where
 * @param only the ids of the cells that are tried
 * @param limit after which no further cell is begun
 * @param failFast whether none is begun either once something did not hold
 */
record Campaign(
    Suite suite,
    long seed,
    Ground ground,
    Predicate<String> only,
    Optional<Duration> limit,
    boolean failFast) {
  /** So many failed trials are told of a cell; the others are alike. */
  private static final int TOLD = 20;

  /** So many of those are looked at again, with every operation written down. */
  private static final int TRACED = 3;

  /** Is told of each cell before and after it was tried. */
  interface Listener {
    void before(Cell cell, int number, int all);

    void after(CellResult result);

    /** Is told of the random sequences, which come last. */
    void afterSequences(Row result);
  }

  ChaosReport run(Listener listener) throws IOException {
    Instant started = Instant.now();
    long start = System.nanoTime();
    List<Cell> cells = Matrix.all(ground).stream().filter(cell -> only.test(cell.id())).toList();
    List<Row> rows = new ArrayList<>();
    boolean complete = true;
    boolean failed = false;
    try (Laboratory laboratory = new Laboratory(seed, ground)) {
      for (Cell cell : cells) {
        boolean over = failed && failFast || isLate(start);
        complete &= !over || cell.isEmpty();
        listener.before(cell, rows.size(), cells.size());
        CellResult result = over ? CellResult.empty(cell) : laboratory.run(cell, suite.effort());
        failed |= !result.passed() && !over;
        rows.add(row(result, laboratory));
        listener.after(result);
      }
    }
    if (hasSequences(ground, only)) {
      boolean over = failed && failFast || isLate(start);
      complete &= !over;
      rows.add(over ? Sequences.notRun() : sequences(listener));
    }
    return new ChaosReport(
        suite.id(),
        seed,
        ground.words(),
        ground.description(),
        system(),
        started,
        Duration.ofNanos(System.nanoTime() - start),
        complete,
        rows);
  }

  /** Whether there is anything to try of what was chosen. */
  static boolean hasAny(Ground ground, Predicate<String> only) {
    return hasSequences(ground, only)
        || Matrix.all(ground).stream().anyMatch(cell -> !cell.isEmpty() && only.test(cell.id()));
  }

  /** They are of the built-in user's, and in memory. */
  private static boolean hasSequences(Ground ground, Predicate<String> only) {
    return ground.equals(Ground.MEMORY) && only.test(Sequences.ID);
  }

  private Row sequences(Listener listener) throws IOException {
    try (Sequences sequences = new Sequences()) {
      Row row = sequences.run(seed, suite.sequences());
      listener.afterSequences(row);
      return row;
    }
  }

  private boolean isLate(long start) {
    Duration passed = Duration.ofNanos(System.nanoTime() - start);
    return limit.filter(most -> passed.compareTo(most) >= 0).isPresent();
  }

  private static Row row(CellResult result, Laboratory laboratory) throws IOException {
    List<Failure> failures = new ArrayList<>();
    for (Trial trial : result.failed().stream().limit(TOLD).toList()) {
      List<String> trace = failures.size() < TRACED ? trace(trial.id(), laboratory) : List.of();
      failures.add(
          new Failure(
              trial.id().toString(), trial.place(), trial.fired(), trial.violations(), trace));
    }
    return new Row(
        result.cell().operation().id(),
        result.cell().kind().id(),
        result.places(),
        result.planned(),
        result.injected(),
        result.states(),
        result.cell().because(),
        failures,
        result.took());
  }

  private static List<String> trace(TrialId id, Laboratory laboratory) throws IOException {
    Trace trace = new Trace(true);
    laboratory.replay(id, trace);
    return trace.lines();
  }

  private static String system() {
    return "Java "
        + Runtime.version()
        + ", "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + " "
        + System.getProperty("os.arch")
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " processors";
  }
}
