package dev.stravinsky.api.check;

import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
   * @param rule what the check looks at, in its own words; empty if it does not say
   * @param ending whether the check itself worked; a check that failed has a finding that says so
   */
  public record Result(
      String checkId, String rule, Ending ending, List<Judged> judged, Duration duration) {
    public Result {
      judged = List.copyOf(judged);
    }

    public List<Finding> findings() {
      return judged.stream().map(Judged::finding).toList();
    }
  }

  /**
   * A finding with the severity that counts.
   *
   * @param reason why it has this severity
   * @param evidence the line of the file that it names, if it names one of the targets'; secrets
   *     are hidden in it
   */
  public record Judged(Finding finding, Reason reason, Optional<String> evidence) {}

  /** Why a finding blocks, or only warns. */
  public enum Reason {
    /** It warns or informs because the check says so. */
    OWN_SEVERITY,
    /** It blocks, and that it may have been so before is no excuse: it is about no old file. */
    AS_THINGS_ARE,
    /** It blocks; nothing is being installed with which it could be compared. */
    IN_FORCE,
    /** It blocks: the change brings it, or touches the file that has it. */
    NEW,
    /** It only warns: it was there before, and the change leaves it alone. */
    OLD_FAULT,
    /** It only warns: the user accepted the check by name. */
    ACCEPTED,
    /** The check itself failed, so nobody knows what it would have found. */
    CHECK_FAILED,
    /** It only warns: the check could not look. */
    COULD_NOT_CHECK
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
