package dev.stravinsky.report.page;

import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which version was in force when, as the events say. */
final class VersionSpans {
  private VersionSpans() {}

  /**
   * A version in force.
   *
   * @param from when it came, or the first event of all if it was there before
   */
  record Span(String version, Instant from, Instant to) {}

  /** By scope, in the order of their first change. */
  static Map<String, List<Span>> of(List<AuditEvent> oldestFirst, TimeAxis axis) {
    Map<String, List<Span>> spans = new LinkedHashMap<>();
    for (AuditEvent event : oldestFirst) {
      Optional<String> now = installed(event);
      if (now.isPresent()) {
        List<Span> ours =
            spans.computeIfAbsent(event.content().scope(), scope -> new ArrayList<>());
        add(ours, event, now.get(), axis);
      }
    }
    return spans;
  }

  private static void add(List<Span> spans, AuditEvent event, String version, TimeAxis axis) {
    if (spans.isEmpty()) {
      event
          .content()
          .previousVersion()
          .ifPresent(before -> spans.add(new Span(before, axis.from(), axis.to())));
    }
    if (!spans.isEmpty()) {
      Span last = spans.removeLast();
      spans.add(new Span(last.version(), last.from(), event.timestamp()));
    }
    spans.add(new Span(version, event.timestamp(), axis.to()));
  }

  /** The version that is in force since this event. */
  private static Optional<String> installed(AuditEvent event) {
    boolean succeeded = event.content().status() == EventStatus.SUCCESS;
    return switch (event.content().type()) {
      case UPDATE_SUCCESS, MANUAL_ROLLBACK -> event.content().version().filter(v -> succeeded);
      default -> Optional.empty();
    };
  }
}
