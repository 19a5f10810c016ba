package dev.stravinsky.chaos.report;

import dev.stravinsky.chaos.report.ChaosReport.Failure;
import dev.stravinsky.chaos.report.ChaosReport.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What runs could have found. */
public final class SampleReports {
  private static final Duration TOOK = Duration.ofMillis(20);

  private SampleReports() {}

  /** Of a run that came to its end. */
  public static ChaosReport report(Row... rows) {
    return report(true, rows);
  }

  /** Of one whose time was over. */
  public static ChaosReport cutShort(Row... rows) {
    return report(false, rows);
  }

  private static ChaosReport report(boolean complete, Row... rows) {
    return new ChaosReport(
        "ci",
        42,
        List.of(),
        "in memory",
        "a machine",
        Instant.EPOCH,
        Duration.ofSeconds(3),
        complete,
        List.of(rows));
  }

  /** A cell in which all held that was tried. */
  public static Row held(String fault, int planned, int injected) {
    return new Row("update", fault, 10, planned, injected, 0, Optional.empty(), List.of(), TOOK);
  }

  /** One of two planned faults, in which something did not hold. */
  public static Row violated(int injected, String place, String... violations) {
    Failure failure = new Failure("update/io-error/9", place, true, List.of(violations), List.of());
    return new Row(
        "update", "io-error", 10, 2, injected, 0, Optional.empty(), List.of(failure), TOOK);
  }

  /** One in which there is nothing to try. */
  public static Row empty() {
    return new Row(
        "update",
        "journal",
        0,
        0,
        0,
        0,
        Optional.of("it has no journal"),
        List.of(),
        Duration.ZERO);
  }
}
