package dev.stravinsky.audit;

import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The SQLite index: a copy of the log that can be searched, kept as long as it agrees with it. */
final class EventIndex implements AutoCloseable {
  private static final int SCHEMA_VERSION = 1;
  private static final int BUSY_MILLIS = 5_000;

  private final Connection connection;

  private EventIndex(Connection connection) {
    this.connection = connection;
  }

  /** Opens or makes the index in this file. */
  static EventIndex onDisk(Path file) throws SQLException, IOException {
    if (!Files.exists(file)) {
      FileWrites.create(file, new byte[0], FileWrites.PRIVATE_FILE);
    }
    return open("jdbc:sqlite:" + file.toAbsolutePath());
  }

  static EventIndex inMemory() throws SQLException {
    return open("jdbc:sqlite::memory:");
  }

  /** Whether SQLite can be given this file's name; elsewhere the index is in memory. */
  static boolean canOpen(Path file) {
    // A question mark begins parameters in an address of SQLite's driver.
    return file.getFileSystem().provider().getScheme().equals("file")
        && file.toString().indexOf('?') < 0
        && file.toString().indexOf('\uFFFD') < 0;
  }

  /** Removes the index and what SQLite keeps beside it. */
  static void delete(Path file) throws IOException {
    for (String suffix : List.of("", "-journal", "-wal", "-shm")) {
      FileWrites.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
    }
  }

  /** Whether the index itself is fine and only somebody else is at it. */
  static boolean isBusy(SQLException failure) {
    return failure instanceof SQLiteException sqlite
        && (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_BUSY
            || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_LOCKED);
  }

  private static EventIndex open(String address) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    Connection connection = config.createConnection(address);
    try {
      EventIndex index = new EventIndex(connection);
      index.makeTables();
      return index;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private void makeTables() throws SQLException {
    int version = (int) number("PRAGMA user_version");
    if (version == SCHEMA_VERSION) {
      return;
    }
    for (String statement : IndexSchema.STATEMENTS) {
      execute(statement);
    }
    execute("PRAGMA user_version = " + SCHEMA_VERSION);
  }

  /** Makes the index agree with the log. */
  void follow(TrailFiles files) throws SQLException, IOException {
    new IndexUpdate(connection, files).run();
  }

  /** Matching events, newest first. */
  List<AuditEvent> query(EventQuery query) throws SQLException {
    EventSelection selection = EventSelection.of(query);
    String sql = "SELECT * FROM events" + selection.where() + " ORDER BY seq DESC LIMIT ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int next = selection.bind(select);
      select.setLong(next, query.limit().isPresent() ? query.limit().getAsInt() : -1);
      return events(select);
    }
  }

  /** The event with this id, else the one with this number. */
  Optional<AuditEvent> find(String idOrSeq) throws SQLException {
    String sql =
        "SELECT * FROM events WHERE event_id = ?1 OR CAST(seq AS TEXT) = ?1"
            + " ORDER BY event_id = ?1 DESC LIMIT 1";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, idOrSeq);
      return events(select).stream().findFirst();
    }
  }

  /** The events' kinds, endings and durations from this time on, for statistics. */
  TrailFigures figures(String since) throws SQLException {
    TrailFigures figures = new TrailFigures();
    String sql = "SELECT event_type, status, duration_seconds FROM events WHERE timestamp >= ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, since);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          double seconds = rows.getDouble(3);
          boolean isTimed = !rows.wasNull();
          figures.add(
              rows.getString(1),
              rows.getString(2),
              isTimed ? Optional.of(seconds) : Optional.empty());
        }
      }
    }
    return figures;
  }

  long count() throws SQLException {
    return number("SELECT count(*) FROM events");
  }

  private static List<AuditEvent> events(PreparedStatement select) throws SQLException {
    List<AuditEvent> events = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        events.add(IndexSchema.event(rows));
      }
    }
    return events;
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
