package dev.stravinsky.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailStatistics;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SQLite has no checksums: what went bad in a row of the index must not be told as what happened.
 */
class IndexRotTest {
  @TempDir Path directory;
  private Sandbox sandbox;
  private List<AuditEvent> truth;
  private TrailStatistics figures;

  @BeforeEach
  void appendAndAsk() throws IOException {
    sandbox = Sandbox.onDisk(directory);
    for (String id : List.of("one", "two", "three")) {
      sandbox
          .services()
          .audit()
          .append(EventDraft.of(id, EventType.CONFIG_CHANGED, EventStatus.SUCCESS, "user"));
    }
    truth = sandbox.services().audit().query(EventQuery.ALL);
    figures = sandbox.services().audit().statistics(Instant.EPOCH);
    sandbox.restart();
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"user\" = 'mallory'",
        "event_id = 'four'",
        "event_type = 'UPDATE_FAILED'",
        "event_type = 'NONSENSE'",
        "status = 'nonsense'",
        "timestamp = 'yesterday'",
        "hash = 'ab'",
        "details = '{'",
        "version = 'v9'"
      })
  void query_aRowThatWentBad_tellsWhatTheLogSays(String change) throws Exception {
    spoil(change);

    assertThat(sandbox.services().audit().query(EventQuery.ALL)).isEqualTo(truth);
    sandbox.restart();
    assertThat(sandbox.services().audit().find("2")).contains(truth.get(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"event_type = 'NONSENSE'", "status = 'nonsense'"})
  void statistics_aRowThatWentBad_areTheLogs(String change) throws Exception {
    spoil(change);

    assertThat(sandbox.services().audit().statistics(Instant.EPOCH)).isEqualTo(figures);
  }

  @Test
  void query_anEventThatWasChangedInTheLogItself_isToldAsItStandsThere() throws Exception {
    Path log = sandbox.home().directory().resolve("audit/operations.log");
    String lines = Files.readString(log);
    Files.writeString(log, lines.replace("\"two\"", "\"TWO\""));
    sandbox.services().audit().rebuildIndex();

    assertThat(sandbox.services().audit().query(EventQuery.ALL))
        .extracting(event -> event.content().eventId())
        .containsExactly("three", "TWO", "one");
  }

  private void spoil(String change) throws SQLException {
    Path index = sandbox.home().directory().resolve("audit/audit.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + index);
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("UPDATE events SET " + change + " WHERE seq = 2")).isOne();
    }
  }
}
