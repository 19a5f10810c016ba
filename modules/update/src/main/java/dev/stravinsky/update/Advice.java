package dev.stravinsky.update;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.ShellWord;
import dev.stravinsky.api.update.UpdateRequest;
import dev.stravinsky.spi.Finding;
import java.util.Locale;

/** What to do about a finding that blocks: the check's own hint, else its row of the matrix. */
final class Advice {
  private static final String NOTHING = "None needed";

  private Advice() {}

  /** Found before the swap, by this update. */
  static Problem before(Finding finding, UpdateRequest request) {
    Problem problem = finding.problem();
    return problem.nextCommand().isPresent()
        ? problem
        : problem.next(
            nothingNeeded(finding.kind())
                ? again(request) + " --dry-run --explain"
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

  /** The command as it may be typed again. */
  static String again(UpdateRequest request) {
    return "stravinsky update"
        + (request.location().isEmpty() ? "" : " " + ShellWord.of(request.location()))
        + request.version().map(version -> " --version " + version).orElse("")
        + (request.scope() instanceof Scope.Project ? " --scope project" : "");
  }

  private static boolean nothingNeeded(ErrorKind kind) {
    return kind.userAction().equals(NOTHING);
  }

  private static String action(ErrorKind kind) {
    return kind.userAction().toLowerCase(Locale.ROOT);
  }
}
