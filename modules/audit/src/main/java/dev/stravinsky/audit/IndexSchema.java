package dev.stravinsky.audit;

import dev.stravinsky.api.Times;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The index's tables: {@code events} has a column for each field of a line in the log. */
final class IndexSchema {
  static final List<String> STATEMENTS =
      List.of(
          "DROP TABLE IF EXISTS events",
          "DROP TABLE IF EXISTS position",
          """
          CREATE TABLE events (
            seq INTEGER PRIMARY KEY,
            event_id TEXT NOT NULL,
            timestamp TEXT NOT NULL,
            event_type TEXT NOT NULL,
            version TEXT,
            previous_version TEXT,
            scope TEXT NOT NULL,
            user TEXT NOT NULL,
            hostname TEXT NOT NULL,
            status TEXT NOT NULL,
            duration_seconds REAL,
            details TEXT NOT NULL,
            error TEXT,
            prev_hash TEXT NOT NULL,
            hash TEXT NOT NULL
          )""",
          """
          CREATE TABLE position (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            seq INTEGER NOT NULL,
            hash TEXT NOT NULL,
            line_start INTEGER NOT NULL,
            line_end INTEGER NOT NULL
          )""");

  /** Made when the rows are there, where there are many: that is many times faster. */
  static final List<String> INDEXES =
      List.of(
          "CREATE INDEX IF NOT EXISTS events_by_id ON events (event_id)",
          "CREATE INDEX IF NOT EXISTS events_by_time ON events (timestamp)",
          // With what else is asked of them, so that the rows that do not match are not read.
          "CREATE INDEX IF NOT EXISTS events_by_type ON events (event_type, seq, timestamp, status)",
          "CREATE INDEX IF NOT EXISTS events_by_version ON events (version, seq)",
          "CREATE INDEX IF NOT EXISTS events_by_status ON events (status, seq, timestamp)",
          "CREATE INDEX IF NOT EXISTS events_by_scope ON events (scope, seq)");

  static final List<String> NO_INDEXES =
      List.of(
          "DROP INDEX IF EXISTS events_by_id",
          "DROP INDEX IF EXISTS events_by_time",
          "DROP INDEX IF EXISTS events_by_type",
          "DROP INDEX IF EXISTS events_by_version",
          "DROP INDEX IF EXISTS events_by_status",
          "DROP INDEX IF EXISTS events_by_scope");

  static final String INSERT =
      "INSERT OR REPLACE INTO events VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

  private IndexSchema() {}

  static void bind(PreparedStatement insert, AuditEvent event) throws SQLException {
    EventDraft content = event.content();
    StringBuilder details = new StringBuilder();
    EventLine.detailsObject(details, content.details());
    insert.setLong(1, event.seq());
    insert.setString(2, content.eventId());
    insert.setString(3, EventLine.timestamp(event.timestamp()));
    insert.setString(4, content.type().name());
    text(insert, 5, content.version());
    text(insert, 6, content.previousVersion());
    insert.setString(7, content.scope());
    insert.setString(8, event.user());
    insert.setString(9, event.hostname());
    insert.setString(10, content.status().written());
    if (content.duration().isPresent()) {
      insert.setDouble(11, Double.parseDouble(EventLine.seconds(content.duration().get())));
    } else {
      insert.setNull(11, Types.REAL);
    }
    insert.setString(12, details.toString());
    text(insert, 13, content.error());
    insert.setString(14, event.prevHash());
    insert.setString(15, event.hash());
  }

  static AuditEvent event(ResultSet row) throws SQLException {
    double seconds = row.getDouble("duration_seconds");
    boolean timed = !row.wasNull();
    EventDraft content =
        new EventDraft(
            row.getString("event_id"),
            EventType.valueOf(row.getString("event_type")),
            EventStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
            Optional.ofNullable(row.getString("version")),
            Optional.ofNullable(row.getString("previous_version")),
            row.getString("scope"),
            timed ? Optional.of(EventReader.duration(micros(seconds))) : Optional.empty(),
            EventReader.readDetails(row.getString("details")),
            Optional.ofNullable(row.getString("error")));
    return new AuditEvent(
        row.getLong("seq"),
        Times.parse(row.getString("timestamp")),
        row.getString("user"),
        row.getString("hostname"),
        content,
        row.getString("prev_hash"),
        row.getString("hash"));
  }

  private static String micros(double seconds) {
    return BigDecimal.valueOf(seconds).setScale(6, RoundingMode.HALF_UP).toPlainString();
  }

  private static void text(PreparedStatement insert, int at, Optional<String> value)
      throws SQLException {
    insert.setString(at, value.orElse(null));
  }
}
