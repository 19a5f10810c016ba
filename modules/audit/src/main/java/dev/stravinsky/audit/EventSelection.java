package dev.stravinsky.audit;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventQuery;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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

  /**
   * The conditions for SQLite. Only the one that leaves the fewest events may choose the index
   * (https://www.sqlite.org/optoverview.html, unary "+"): SQLite, which has no statistics here,
   * would guess.
   *
   * @param briefly whether few events are of the time that is asked for
   */
  String where(boolean briefly) {
    List<String> mostTelling = new ArrayList<>(List.of("version", "event_type", "status"));
    mostTelling.add(briefly ? 1 : mostTelling.size(), "timestamp");
    // Most events are of the user's scope.
    mostTelling.add(values.contains(Scope.USER.key()) ? mostTelling.size() : 1, "scope");
    Optional<String> leading =
        mostTelling.stream()
            .filter(column -> conditions.stream().anyMatch(each -> each.startsWith(column + " ")))
            .findFirst();
    return conditions.isEmpty()
        ? ""
        : conditions.stream()
            .map(
                each ->
                    leading.filter(lead -> each.startsWith(lead + " ")).isPresent()
                        ? each
                        : "+" + each)
            .collect(Collectors.joining(" AND ", " WHERE ", ""));
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
