package dev.stravinsky.audit;

import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Times;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The SQLite index: a copy of the log that can be searched, kept as long as it agrees with it. */
final class EventIndex implements AutoCloseable {
  private static final int SCHEMA_VERSION = 2;
  private static final int BUSY_MILLIS = 5_000;

  /** Of so many parts of the time, one is a small one. */
  private static final int BRIEF = 20;

  private static final Pattern SEQ = Pattern.compile("[1-9]\\d{0,17}");

  private final Connection connection;
  private boolean freshlyMade;

  private EventIndex(Connection connection) {
    this.connection = connection;
  }

  /** Opens or makes the index in this file. */
  static EventIndex onDisk(Path file) throws SQLException, IOException {
    if (!Presence.exists(file)) {
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
    for (String statement : IndexSchema.INDEXES) {
      execute(statement);
    }
    execute("PRAGMA user_version = " + SCHEMA_VERSION);
  }

  /** Makes the index agree with the log. */
  void follow(TrailFiles files) throws SQLException, IOException {
    new IndexUpdate(connection, files).run();
  }

  /** It was made of the log just now: what looks wrong in it is wrong in the log too. */
  EventIndex freshlyMade() {
    freshlyMade = true;
    return this;
  }

  /** Matching events, newest first. */
  List<AuditEvent> query(EventQuery query) throws SQLException {
    EventSelection selection = EventSelection.of(query);
    String sql =
        "SELECT * FROM events" + selection.where(isBrief(query)) + " ORDER BY seq DESC LIMIT ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int next = selection.bind(select);
      select.setLong(next, query.limit().isPresent() ? query.limit().getAsInt() : -1);
      return events(select);
    }
  }

  /** Whether only a small part of the time is asked for, so that few events are of it. */
  private boolean isBrief(EventQuery query) throws SQLException {
    if (query.from().isEmpty()) {
      return false;
    }
    Optional<Instant> first = time("min");
    Optional<Instant> last = time("max");
    if (first.isEmpty() || last.isEmpty()) {
      return false;
    }
    Instant from = latest(query.from().get(), first.get());
    Instant to = query.to().filter(end -> end.isBefore(last.get())).orElse(last.get());
    return Duration.between(from, to).toSeconds() * BRIEF
        <= Duration.between(first.get(), last.get()).toSeconds();
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private Optional<Instant> time(String which) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT " + which + "(timestamp) FROM events")) {
      return rows.next()
          ? Optional.ofNullable(rows.getString(1)).map(Times::parse)
          : Optional.empty();
    }
  }

  /** The event with this id, else the one with this number. */
  Optional<AuditEvent> find(String idOrSeq) throws SQLException {
    Optional<AuditEvent> byId = first("SELECT * FROM events WHERE event_id = ? LIMIT 1", idOrSeq);
    return byId.isPresent() || !SEQ.matcher(idOrSeq).matches()
        ? byId
        : first("SELECT * FROM events WHERE seq = CAST(? AS INTEGER)", idOrSeq);
  }

  private Optional<AuditEvent> first(String sql, String value) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, value);
      return events(select).stream().findFirst();
    }
  }

  /** The events' kinds, endings and durations from this time on, for statistics. */
  TrailFigures figures(String since) throws SQLException {
    TrailFigures figures = new TrailFigures();
    // In the order of the log: the same version comes last as when the log itself is read.
    String sql =
        "SELECT event_type, status, duration_seconds, version,"
            + " CASE WHEN event_type = 'BACKUP_CREATED' THEN json_extract(details, '$."
            + TrailFigures.READ_BACK
            + "') END FROM events WHERE timestamp >= ? ORDER BY seq";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, since);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          double seconds = rows.getDouble(3);
          boolean isTimed = !rows.wasNull();
          figures.add(
              EventType.valueOf(rows.getString(1)),
              EventStatus.valueOf(rows.getString(2).toUpperCase(Locale.ROOT)),
              isTimed ? Optional.of(seconds) : Optional.empty(),
              Optional.ofNullable(rows.getString(4)),
              TrailFigures.seconds(rows.getString(5)));
        }
      } catch (IllegalArgumentException | NullPointerException e) {
        throw new SQLException("a row of the index is no event", e);
      }
    }
    return figures;
  }

  long count() throws SQLException {
    return number("SELECT count(*) FROM events");
  }

  private List<AuditEvent> events(PreparedStatement select) throws SQLException {
    List<AuditEvent> events = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        events.add(event(rows));
      }
    }
    return events;
  }

  /** SQLite keeps no checksums: a bit that flipped in the file would be told as what happened. */
  private AuditEvent event(ResultSet row) throws SQLException {
    AuditEvent event;
    try {
      event = IndexSchema.event(row);
    } catch (RuntimeException e) {
      throw new SQLException("a row of the index is no event", e);
    }
    if (!freshlyMade && !EventLine.hasItsHash(event)) {
      throw new SQLException("a row of the index is not as it was written");
    }
    return event;
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
