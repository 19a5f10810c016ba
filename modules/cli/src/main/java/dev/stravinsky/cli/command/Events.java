package dev.stravinsky.cli.command;

import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.cli.output.Shown;
import dev.stravinsky.cli.output.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Events of the trail as tables and JSON. */
final class Events {
  private Events() {}

  static Table table(List<AuditEvent> events) {
    Table table = new Table("SEQ", "TIME", "EVENT", "STATUS", "VERSION");
    for (AuditEvent event : events) {
      EventDraft content = event.content();
      table.row(
          event.seq(),
          Shown.time(event.timestamp()),
          content.type(),
          content.status().written(),
          versions(content));
    }
    return table;
  }

  /** One event without a table around it. */
  static String line(AuditEvent event) {
    EventDraft content = event.content();
    return String.format(
            Locale.ROOT,
            "%6d  %s  %-19s %-11s %s",
            event.seq(),
            Shown.time(event.timestamp()),
            content.type(),
            content.status().written(),
            versions(content))
        .stripTrailing();
  }

  static Map<String, Object> json(AuditEvent event) {
    EventDraft content = event.content();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seq", event.seq());
    json.put("event_id", content.eventId());
    json.put("timestamp", event.timestamp());
    json.put("event_type", content.type());
    json.put("status", content.status().written());
    json.put("version", content.version());
    json.put("previous_version", content.previousVersion());
    json.put("scope", content.scope());
    json.put("user", event.user());
    json.put("hostname", event.hostname());
    json.put("duration_seconds", content.duration());
    json.put("details", content.details());
    json.put("error", content.error());
    json.put("prev_hash", event.prevHash());
    json.put("hash", event.hash());
    return json;
  }

  /** {@code v1 -> v2}, or the one version that the event is about. */
  static String versions(EventDraft content) {
    Optional<String> previous = content.previousVersion();
    String version = content.version().orElse("");
    return previous.isEmpty() || previous.get().equals(version)
        ? version
        : previous.get() + " -> " + version;
  }
}
