package dev.stravinsky.testkit.chaos;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.fs.FaultFileSystem;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.ProcessKilledError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * One run of a {@link ChaosTest}: a sandbox of its own in memory, and the one moment in which
 * something goes wrong. A parameter of the test's method.
 */
public final class Chaos {
  private final Sandbox sandbox;
  private final Strike strike;
  private List<Path> leftOpen = List.of();
  private boolean struck;

  Chaos(Sandbox sandbox, Strike strike) {
    this.sandbox = sandbox;
    this.strike = strike;
  }

  /** The user, her files and the product's; nothing goes wrong with them but in {@link #strike}. */
  public Sandbox sandbox() {
    return sandbox;
  }

  /** What goes wrong in this run; empty in the first one, in which nothing does. */
  public Optional<ChaosFault> fault() {
    return strike.fault();
  }

  /** What is asked of the code under test. */
  boolean wasStruck() {
    return struck;
  }

  /** What the code under test opened and did not close; of a killed one nothing is asked. */
  List<Path> leftOpen() {
    return leftOpen;
  }

  /**
   * Runs the code under test, once a test. What it does to the sandbox's files in other threads
   * counts too, as long as it waits for them.
   *
   * @return how it ended, for the test to say whether that is right
   */
  public <T> Outcome<T> strike(Callable<T> underTest) throws IOException {
    if (struck) {
      throw new IllegalStateException("a run has one strike; write another test for another");
    }
    struck = true;
    FaultFileSystem files = sandbox.faults();
    List<Path> openBefore = files.openFiles();
    files.plan(strike.planFor(files));
    Outcome<T> outcome;
    try {
      outcome = outcome(underTest);
    } finally {
      strike.ended(files);
      if (!files.isDead()) {
        files.plan(FaultPlan.NONE);
        leftOpen = without(files.openFiles(), openBefore);
      }
    }
    return outcome;
  }

  private static <T> Outcome<T> outcome(Callable<T> underTest) {
    try {
      return new Outcome.Returned<>(underTest.call());
    } catch (Exception | Error e) {
      Optional<String> killed = killed(e);
      if (killed.isPresent()) {
        return new Outcome.Killed<>(killed.get());
      }
      return switch (e) {
        case Error error -> throw error;
        case Exception exception -> new Outcome.Threw<>(exception);
        default -> throw new AssertionError(e);
      };
    }
  }

  private static Optional<String> killed(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof ProcessKilledError) {
        return Optional.of(at.getMessage());
      }
    }
    return Optional.empty();
  }

  private static List<Path> without(List<Path> now, List<Path> before) {
    List<Path> left = new ArrayList<>(now);
    before.forEach(left::remove);
    return left;
  }
}
