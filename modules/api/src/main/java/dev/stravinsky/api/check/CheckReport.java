package dev.stravinsky.api.check;

import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import java.time.Duration;
import java.util.List;

/** What all checks of a phase found, in a stable order. */
public record CheckReport(Phase phase, List<Result> results) {
  public CheckReport {
    results = List.copyOf(results);
  }

  /** Whether any finding blocks. */
  public boolean blocks() {
    return !blocking().isEmpty();
  }

  /** The findings that block. */
  public List<Finding> blocking() {
    return results.stream()
        .flatMap(r -> r.findings().stream())
        .filter(f -> f.severity() == Severity.BLOCK)
        .toList();
  }

  /**
   * One check's result.
   *
   * @param ending whether the check itself worked; a check that failed has a finding that says so
   */
  public record Result(String checkId, Ending ending, List<Finding> findings, Duration duration) {
    public Result {
      findings = List.copyOf(findings);
    }
  }

  /** How a check ended, which is not what it found. */
  public enum Ending {
    COMPLETED,
    /** It could not look, for example because an interpreter is missing. */
    COULD_NOT_CHECK,
    TIMED_OUT,
    /** It threw, exited or crashed. */
    FAILED
  }
}
