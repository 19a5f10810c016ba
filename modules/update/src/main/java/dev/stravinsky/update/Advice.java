package dev.stravinsky.update;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.spi.Finding;
import java.util.Locale;

/** What to do about a finding that blocks: the check's own hint, else its row of the matrix. */
final class Advice {
  private static final String NOTHING = "None needed";

  private Advice() {}

  /** Found before the swap, by an update from here. */
  static Problem before(Finding finding, String location) {
    Problem problem = finding.problem();
    return problem.nextCommand().isPresent()
        ? problem
        : problem.next(
            nothingNeeded(finding.kind())
                ? "stravinsky update " + location + " --dry-run --explain"
                : action(finding.kind()) + ", then type the command again");
  }

  /** Found after the swap: what the matrix does not roll back is for the user to end. */
  static Problem after(Finding finding) {
    ErrorKind kind = finding.kind();
    Problem problem = finding.problem();
    if (!kind.rollsBack()) {
      String hint = problem.nextCommand().map(own -> " (" + own + ")").orElse("");
      return problem
          .leaving("the new version stays: an error of this kind is not rolled back by itself")
          .next(action(kind) + hint + "; or go back: stravinsky rollback undo");
    }
    return problem.nextCommand().isPresent() || nothingNeeded(kind)
        ? problem
        : problem.next(action(kind) + ", then type the command again");
  }

  private static boolean nothingNeeded(ErrorKind kind) {
    return kind.userAction().equals(NOTHING);
  }

  private static String action(ErrorKind kind) {
    return kind.userAction().toLowerCase(Locale.ROOT);
  }
}
