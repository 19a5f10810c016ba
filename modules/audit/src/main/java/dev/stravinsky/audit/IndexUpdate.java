package dev.stravinsky.audit;

import dev.stravinsky.api.Presence;
import dev.stravinsky.api.audit.AuditEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** Brings the index to where the log is: by what was appended, or, where they disagree, anew. */
final class IndexUpdate {
  private static final int BATCH = 1_000;

  private final Connection connection;
  private final TrailFiles files;

  IndexUpdate(Connection connection, TrailFiles files) {
    this.connection = connection;
    this.files = files;
  }

  /**
   * The last line that is in the index.
   *
   * @param start its offset in the live log, when it was there
   */
  private record Position(long seq, String hash, long start, long end) {}

  void run() throws SQLException, IOException {
    if (isCurrent(position())) {
      return; // Without a transaction: a home that can only be read can still be asked.
    }
    execute("BEGIN IMMEDIATE");
    try {
      update();
      execute("COMMIT");
    } catch (SQLException | IOException | RuntimeException e) {
      execute("ROLLBACK");
      throw e;
    }
  }

  private boolean isCurrent(Optional<Position> position) throws SQLException, IOException {
    if (position.isEmpty()) {
      return !hasEvents();
    }
    return isInLog(position.get())
        && Files.size(files.log()) == position.get().end()
        && number("SELECT min(seq) FROM events") >= firstKept();
  }

  /** Asked again inside of the transaction: another process may have done it meanwhile. */
  private void update() throws SQLException, IOException {
    Optional<Position> position = position();
    if (position.isPresent() && isInLog(position.get())) {
      read(files.log(), position.get().end(), 0);
    } else if (position.isPresent() && isInArchive(position.get())) {
      for (Path segment : files.segments()) {
        read(segment, 0, position.get().seq());
      }
    } else {
      execute("DELETE FROM events");
      execute("DELETE FROM position");
      for (String statement : IndexSchema.NO_INDEXES) {
        execute(statement);
      }
      for (Path segment : files.segments()) {
        read(segment, 0, 0);
      }
      for (String statement : IndexSchema.INDEXES) {
        execute(statement);
      }
    }
    execute("DELETE FROM events WHERE seq < " + firstKept());
  }

  private Optional<Position> position() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT seq, hash, line_start, line_end FROM position")) {
      return row.next()
          ? Optional.of(
              new Position(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4)))
          : Optional.empty();
    }
  }

  private boolean isInLog(Position position) throws IOException {
    if (!Presence.exists(files.log()) || Files.size(files.log()) < position.end()) {
      return false;
    }
    try (Lines lines = Lines.open(files.log(), position.start())) {
      return lines
          .next()
          .filter(line -> line.whole() && line.end() == position.end())
          .flatMap(line -> Link.of(line.bytes()))
          .filter(link -> link.seq() == position.seq() && link.hash().equals(position.hash()))
          .isPresent();
    }
  }

  private boolean isInArchive(Position position) throws IOException {
    for (Archive archive : files.archives()) {
      if (archive.holds(position.seq())) {
        try (Lines lines = Lines.open(archive.file())) {
          for (var line = lines.next(); line.isPresent(); line = lines.next()) {
            Optional<Link> link = Link.of(line.get().bytes());
            if (link.isPresent() && link.get().seq() == position.seq()) {
              return link.get().hash().equals(position.hash());
            }
          }
        }
      }
    }
    return false;
  }

  private boolean hasEvents() throws IOException {
    for (Path segment : files.segments()) {
      if (Files.size(segment) > 0) {
        return true;
      }
    }
    return false;
  }

  /** The first event that is still in the trail. */
  private long firstKept() throws IOException {
    List<Archive> archives = files.archives();
    if (!archives.isEmpty()) {
      return archives.getFirst().first();
    }
    if (!Presence.exists(files.log())) {
      return 0;
    }
    try (Lines lines = Lines.open(files.log())) {
      return lines.next().flatMap(line -> Link.of(line.bytes())).map(Link::seq).orElse(0L);
    }
  }

  /** Takes every event behind {@code after}; damaged lines are for {@code verify} to tell. */
  private void read(Path segment, long from, long after) throws SQLException, IOException {
    Optional<Archive> archive = Archive.of(segment);
    if (archive.isPresent() && archive.get().last() <= after) {
      return;
    }
    try (Lines lines = Lines.open(segment, from);
        PreparedStatement insert = connection.prepareStatement(IndexSchema.INSERT)) {
      int waiting = 0;
      Optional<Lines.Line> last = Optional.empty();
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        Optional<AuditEvent> event =
            line.filter(Lines.Line::whole).flatMap(l -> EventReader.read(l.bytes()));
        if (event.isPresent() && event.get().seq() > after) {
          IndexSchema.bind(insert, event.get());
          insert.addBatch();
          waiting++;
          last = line;
        }
        if (waiting == BATCH) {
          insert.executeBatch();
          waiting = 0;
        }
      }
      insert.executeBatch();
      if (last.isPresent()) {
        remember(last.get());
      }
    } catch (java.util.zip.ZipException | java.io.EOFException e) {
      // What could be read of a damaged archive is in the index.
    }
  }

  private void remember(Lines.Line line) throws SQLException {
    Optional<Link> link = Link.of(line.bytes());
    if (link.isEmpty()) {
      return;
    }
    String sql = "INSERT OR REPLACE INTO position VALUES (1, ?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, link.get().seq());
      insert.setString(2, link.get().hash());
      insert.setLong(3, line.offset());
      insert.setLong(4, line.end());
      insert.executeUpdate();
    }
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
}
