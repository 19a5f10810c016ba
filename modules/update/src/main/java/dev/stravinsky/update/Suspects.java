package dev.stravinsky.update;

import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import java.util.ArrayList;
import java.util.List;

/** Names others' checks where somebody wrote while they ran: it may have been one of them. */
final class Suspects {
  private Suspects() {}

  /** The problems, if any, and after them the checks of plugins and executables that were asked. */
  static List<Problem> named(List<Problem> problems, List<CheckReport> reports) {
    List<String> others =
        reports.stream()
            .flatMap(report -> report.results().stream())
            .map(result -> "[" + result.checkId() + "]")
            .filter(id -> id.contains("/")) // Of the product's own ids none has a slash.
            .distinct()
            .toList();
    if (problems.isEmpty() || others.isEmpty()) {
      return problems;
    }
    List<Problem> all = new ArrayList<>(problems);
    all.add(
        Problem.of(
                ErrorKind.UNKNOWN,
                "checks that are not Stravinsky's own ran meanwhile, and one of them may have"
                    + " written: "
                    + String.join(" ", others))
            .next("the same command with --no-plugins runs without them"));
    return all;
  }
}
