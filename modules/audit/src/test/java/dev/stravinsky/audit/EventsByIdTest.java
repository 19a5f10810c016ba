package dev.stravinsky.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.AuditTrail;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events in a large archive are looked up in the index, which is not believed by itself. */
class EventsByIdTest {
  private static final String HOSTILE = "x\",\"event_id\":\"y\\ é\n";

  @TempDir Path directory;

  private static EventDraft draft(String id) {
    return EventDraft.of(id, EventType.UPDATE_SUCCESS, EventStatus.SUCCESS, "user");
  }

  private static EventsById lookup(Sandbox sandbox, long much) {
    TrailFiles files = new TrailFiles(sandbox.home());
    return new EventsById(files, new EventSearch(files), much);
  }

  /** Some events in two archived parts. */
  private static void archive(Sandbox sandbox) throws IOException {
    AuditTrail trail = sandbox.services().audit();
    for (String id : new String[] {"a", HOSTILE, "1"}) {
      trail.append(draft(id));
      sandbox.clock().advance(Duration.ofDays(91));
    }
    trail.append(draft("b"));
  }

  @Test
  void inArchives_byIndexOrByReading_findsTheSame() throws IOException {
    try (Sandbox sandbox = Sandbox.onDisk(directory)) {
      archive(sandbox);
      sandbox.services().audit().query(EventQuery.ALL.withType(EventType.UPDATE_SUCCESS));
      Set<String> ids =
          Set.of(
              EventsById.quoted("a"),
              EventsById.quoted(HOSTILE),
              EventsById.quoted("2"),
              EventsById.quoted("none"),
              EventsById.quoted("y"));

      Map<String, AuditEvent> read = lookup(sandbox, Long.MAX_VALUE).inArchives(ids);
      Map<String, AuditEvent> lookedUp = lookup(sandbox, 0).inArchives(ids);

      assertThat(read.keySet())
          .containsExactlyInAnyOrder(EventsById.quoted("a"), EventsById.quoted(HOSTILE));
      assertThat(lookedUp).isEqualTo(read);
    }
  }

  @Test
  void inArchives_indexWasForged_isNotBelieved() throws IOException, SQLException {
    try (Sandbox sandbox = Sandbox.onDisk(directory)) {
      archive(sandbox);
      sandbox.services().audit().query(EventQuery.ALL.withType(EventType.UPDATE_SUCCESS));
      Path index = sandbox.home().audit().resolve("audit.db");
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + index);
          Statement statement = connection.createStatement()) {
        statement.execute("UPDATE events SET event_id = 'to-be-hidden' WHERE seq = 1");
      }

      assertThat(lookup(sandbox, 0).inArchives(Set.of(EventsById.quoted("to-be-hidden"))))
          .isEmpty();
    }
  }
}
