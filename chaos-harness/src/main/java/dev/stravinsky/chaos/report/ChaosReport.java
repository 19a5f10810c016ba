package dev.stravinsky.chaos.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a run found.
 *
 * @param suite its name
 * @param seed with which it can be repeated
 * @param words what else to type to have the same again, after suite and seed
 * @param ground the file system, and whose files
 * @param system the machine and the Java that it ran on
 * @param started when
 * @param took how long
 * @param complete whether all that was planned was begun; not if the time was over before
 * @param rows one for each cell of the matrix, operation by operation
 */
public record ChaosReport(
    String suite,
    long seed,
    List<String> words,
    String ground,
    String system,
    Instant started,
    Duration took,
    boolean complete,
    List<Row> rows) {

  public ChaosReport {
    words = List.copyOf(words);
    rows = List.copyOf(rows);
  }

  /**
   * One operation and one kind of fault.
   *
   * @param places in how many places the fault can strike
   * @param planned how many faults were to take place
   * @param injected how many did
   * @param states from how many different states of the disk was recovered, where those are counted
   * @param because why there is nothing to try, for an empty cell
   * @param failures the trials that failed
   */
  public record Row(
      String operation,
      String fault,
      int places,
      int planned,
      int injected,
      int states,
      Optional<String> because,
      List<Failure> failures,
      Duration took) {

    public Row {
      failures = List.copyOf(failures);
    }

    public String id() {
      return operation + "/" + fault;
    }

    /** What did not hold, all in all. */
    public int violations() {
      return failures.stream().mapToInt(failure -> failure.violations().size()).sum();
    }

    public Verdict verdict() {
      if (because.isPresent()) {
        return Verdict.EMPTY;
      }
      if (planned == 0 && failures.isEmpty() && took.isZero()) {
        return Verdict.NOT_RUN;
      }
      return failures.isEmpty() && injected == planned && planned > 0
          ? Verdict.PASSED
          : Verdict.FAILED;
    }
  }

  /** How a cell ended. */
  public enum Verdict {
    PASSED,
    /** Something did not hold, or a planned fault did not take place. */
    FAILED,
    /** There is nothing to try. */
    EMPTY,
    /** The time was over. */
    NOT_RUN
  }

  /**
   * A trial in which something did not hold.
   *
   * @param id by which it is replayed
   * @param place where the fault struck
   * @param fired whether it did
   * @param violations what did not hold
   * @param trace what was done to the file system, as far as it was looked at again
   */
  public record Failure(
      String id, String place, boolean fired, List<String> violations, List<String> trace) {
    public Failure {
      violations = List.copyOf(violations);
      trace = List.copyOf(trace);
    }
  }

  /** What to type to see a failed trial again. */
  public String replay(Failure failure) {
    return typed("replay " + failure.id());
  }

  private String typed(String command) {
    String same = String.join("", words.stream().map(word -> " " + Shell.quoted(word)).toList());
    return "stravinsky chaos " + command + " --seed " + seed + same;
  }

  /** Whether at least one fault was tried, each planned one took place, and all held. */
  public boolean passed() {
    return injected() > 0 && rows.stream().noneMatch(row -> row.verdict() == Verdict.FAILED);
  }

  /** How many faults were to take place. */
  public int planned() {
    return rows.stream().mapToInt(Row::planned).sum();
  }

  /** How many did. */
  public int injected() {
    return rows.stream().mapToInt(Row::injected).sum();
  }

  public int violations() {
    return rows.stream().mapToInt(Row::violations).sum();
  }

  /** How many cells ended so. */
  public long count(Verdict verdict) {
    return rows.stream().filter(row -> row.verdict() == verdict).count();
  }

  /** What to type to run it again. */
  public String again() {
    return typed("run --suite " + suite);
  }
}
