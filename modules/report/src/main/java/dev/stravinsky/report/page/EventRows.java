package dev.stravinsky.report.page;

import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventDraft;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Every event, in folded parts: what is folded costs the browser nothing. */
final class EventRows {
  private static final int PART = 200;
  private static final List<String> HEAD =
      List.of("Nr.", "When", "What", "Ending", "Version", "Took", "More");

  private final Markup page;

  EventRows(Markup page) {
    this.page = page;
  }

  /** {@code v1 → v2}, or the one version that the event is about. */
  static String versions(EventDraft content) {
    String version = Plain.name(content.version().orElse(""));
    String previous = Plain.name(content.previousVersion().orElse(version));
    return previous.equals(version) ? version : previous + " → " + version;
  }

  /** A part is of the same events whatever happens later: what was unfolded can stay so. */
  void write(List<AuditEvent> newestFirst) {
    int next = 0;
    while (next < newestFirst.size()) {
      long part = part(newestFirst.get(next));
      int end = next + 1;
      while (end < newestFirst.size() && part(newestFirst.get(end)) == part) {
        end++;
      }
      write(newestFirst.subList(next, end), next == 0);
      next = end;
    }
  }

  private static long part(AuditEvent event) {
    return (event.seq() - 1) / PART;
  }

  private void write(List<AuditEvent> events, boolean unfolded) {
    AuditEvent newest = events.getFirst();
    AuditEvent oldest = events.getLast();
    String id = "events-" + part(newest);
    if (unfolded) {
      page.open("details", "id", id, "open", "open");
    } else {
      page.open("details", "id", id);
    }
    page.leaf(
        "summary",
        "Events "
            + newest.seq()
            + " to "
            + oldest.seq()
            + ", "
            + Moments.day(newest.timestamp())
            + " to "
            + Moments.day(oldest.timestamp()),
        "id",
        id + "-caption");
    Figure.openTable(page, id + "-caption", HEAD);
    events.forEach(this::row);
    Figure.closeTable(page);
    page.close().line();
  }

  private void row(AuditEvent event) {
    EventDraft content = event.content();
    Outcome outcome = Outcome.of(event);
    page.open("tr").leaf("th", Long.toString(event.seq()), "scope", "row");
    page.open("td");
    Moments.write(page, event.timestamp());
    page.close();
    page.leaf("td", content.type().name());
    page.leaf("td", content.status().written().replace('_', ' '), "class", outcome.css());
    page.leaf("td", versions(content));
    page.leaf("td", content.duration().map(Moments::seconds).orElse(""), "class", "number");
    page.leaf("td", more(event), "class", "more");
    page.close().line();
  }

  private static String more(AuditEvent event) {
    EventDraft content = event.content();
    String details =
        content.details().entrySet().stream()
            .map(EventRows::detail)
            .collect(Collectors.joining(", "));
    String scope = content.scope().equals("user") ? "" : content.scope() + "; ";
    String error = content.error().map(text -> Plain.of(text) + "; ").orElse("");
    return Plain.of(scope) + error + Plain.of(details);
  }

  private static String detail(Map.Entry<String, String> detail) {
    return detail.getKey() + " " + detail.getValue();
  }
}
