package dev.stravinsky.report.page;

import dev.stravinsky.api.transaction.Conflicts.Conflict;
import java.util.List;

/** Files that wait for somebody to look at them. */
final class ConflictSection {
  private ConflictSection() {}

  static void write(Markup page, Asked<List<Conflict>> conflicts) {
    List<Conflict> waiting = conflicts.or(List.of());
    if (waiting.isEmpty()) {
      page.leaf("p", conflicts.said(none -> "No file waits to be looked at."));
      return;
    }
    page.leaf("p", "One is ended by: stravinsky conflict resolve", "class", "hint");
    Figure.table(
        page,
        "conflicts-title",
        List.of("File", "Target", "Version", "Yours", "Set aside"),
        waiting.stream()
            .map(
                each ->
                    List.of(
                        Plain.of(each.path().readable()),
                        Plain.of(each.target()),
                        Plain.name(each.version().value()),
                        Plain.of(each.live().toString()),
                        Plain.of(each.theirs().toString())))
            .toList());
  }
}
