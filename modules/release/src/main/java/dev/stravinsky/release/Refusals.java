package dev.stravinsky.release;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import java.util.ArrayList;
import java.util.List;

/** All that is wrong with one release, collected so that it is told at once. */
final class Refusals {
  private static final int SHOWN = 20;
  private static final String UNCHANGED = "nothing was changed";
  private static final String NEXT = "stravinsky update --help";

  private final List<Problem> problems = new ArrayList<>();
  private int more;

  /** One sentence about the release as a whole. */
  static RefusedException refused(String message) {
    return new RefusedException(whole(message));
  }

  /** The same, with what the system said. */
  static RefusedException refused(String message, Throwable cause) {
    return new RefusedException(whole(message), cause);
  }

  private static Problem whole(String message) {
    return Problem.of(ErrorKind.UNKNOWN, message).leaving(UNCHANGED).next(NEXT);
  }

  /** Notes an entry; {@code name} must be fit for people. */
  void add(String name, String reason) {
    add(Problem.of(ErrorKind.UNKNOWN, name + ": " + reason));
  }

  void add(Problem problem) {
    // A hostile archive must not turn its size into the size of a message.
    if (problems.size() < SHOWN) {
      problems.add(problem.leaving(UNCHANGED).next(NEXT));
    } else {
      more++;
    }
  }

  /** Throws if anything was noted. */
  void orThrow() {
    if (problems.isEmpty()) {
      return;
    }
    List<Problem> all = new ArrayList<>(problems);
    if (more > 0) {
      all.add(Problem.of(ErrorKind.UNKNOWN, "and " + more + " more"));
    }
    throw new RefusedException(all);
  }
}
