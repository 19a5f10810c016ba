package dev.stravinsky.report.page;

import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks that stopped an update or an installer, or brought the old state back. */
final class FailedChecks {
  /** The detail in which events name the checks. */
  private static final String CHECKS = "checks";

  private static final int MOST = 20;

  private FailedChecks() {}

  private record Failures(int count, Instant last) {
    Failures and(Failures other) {
      return new Failures(count + other.count, last.isAfter(other.last) ? last : other.last);
    }
  }

  static void write(Markup page, List<AuditEvent> newestFirst) {
    Map<String, Failures> byCheck = new HashMap<>();
    for (AuditEvent event : newestFirst) {
      // A rollback by itself is told by the update's failure too.
      if (event.content().type() != EventType.AUTO_ROLLBACK) {
        for (String check : event.content().details().getOrDefault(CHECKS, "").split(", *")) {
          if (!check.isBlank()) {
            byCheck.merge(check, new Failures(1, event.timestamp()), Failures::and);
          }
        }
      }
    }
    List<Bars.Bar> bars = new ArrayList<>();
    byCheck.forEach(
        (check, failures) ->
            bars.add(
                new Bars.Bar(
                    Plain.of(check),
                    failures.count(),
                    Integer.toString(failures.count()),
                    "last " + Moments.second(failures.last()))));
    bars.sort(Comparator.comparing(Bars.Bar::value).reversed().thenComparing(Bars.Bar::name));
    if (bars.isEmpty()) {
      page.leaf("p", "No check has stopped anything.");
    } else {
      Bars.write(
          page,
          "How often each check stopped something",
          "checks",
          List.of("Check", "Times", "When"),
          bars.subList(0, Math.min(bars.size(), MOST)));
    }
  }
}
