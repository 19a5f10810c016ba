package dev.stravinsky.audit;

import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventQuery;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The conditions of a query, for SQLite and for a walk along the log. */
record EventSelection(List<String> conditions, List<String> values) {

  static EventSelection of(EventQuery query) {
    List<String> conditions = new ArrayList<>();
    List<String> values = new ArrayList<>();
    add(conditions, values, "event_type = ?", query.type().map(Enum::name));
    add(conditions, values, "version = ?", query.version());
    add(conditions, values, "status = ?", query.status().map(s -> s.written()));
    add(conditions, values, "scope = ?", query.scope());
    add(conditions, values, "timestamp >= ?", query.from().map(EventLine::timestamp));
    add(conditions, values, "timestamp < ?", query.to().map(EventLine::timestamp));
    return new EventSelection(conditions, values);
  }

  private static void add(
      List<String> conditions, List<String> values, String condition, Optional<String> value) {
    if (value.isPresent()) {
      conditions.add(condition);
      values.add(value.get());
    }
  }

  boolean isEverything() {
    return conditions.isEmpty();
  }

  String where() {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  /** Fills in the values; returns the place of the next one. */
  int bind(PreparedStatement select) throws SQLException {
    int next = 1;
    for (String value : values) {
      select.setString(next++, value);
    }
    return next;
  }

  /** Whether all that the query asks for holds. */
  static boolean matches(EventQuery query, AuditEvent event) {
    EventDraft content = event.content();
    return query.type().map(t -> t == content.type()).orElse(true)
        && query.version().map(v -> content.version().filter(v::equals).isPresent()).orElse(true)
        && query.status().map(s -> s == content.status()).orElse(true)
        && query.scope().map(s -> s.equals(content.scope())).orElse(true)
        && query.from().map(f -> !event.timestamp().isBefore(f)).orElse(true)
        && query.to().map(t -> event.timestamp().isBefore(t)).orElse(true);
  }
}
