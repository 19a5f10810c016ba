package dev.stravinsky.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.AuditTrail;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.spi.AuditSink;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class AuditSinksTest {
  private static final List<AuditEvent> HEARD = new CopyOnWriteArrayList<>();

  /** Hears everything. */
  public static final class Recording implements AuditSink {
    @Override
    public String id() {
      return "recording";
    }

    @Override
    public void appended(AuditEvent event) {
      HEARD.add(event);
    }
  }

  /** Always fails, and hangs where the test says so. */
  public static final class Failing implements AuditSink {
    @Override
    public String id() {
      return "failing";
    }

    @Override
    public void appended(AuditEvent event) throws Exception {
      if (event.content().eventId().equals("hang")) {
        Thread.sleep(600_000);
      }
      throw new IOException("a sink that fails");
    }
  }

  @Test
  void append_sinksFailOrHang_isDoneAndEveryOtherHears() throws IOException {
    HEARD.clear();
    try (Sandbox sandbox = Sandbox.inMemory()) {
      AuditTrail trail = sandbox.services().audit();
      for (String id : List.of("a", "hang", "a", "b")) {
        trail.append(EventDraft.of(id, EventType.UPDATE_START, EventStatus.SUCCESS, "user"));
      }

      assertThat(HEARD)
          .extracting(event -> event.content().eventId())
          .containsExactly("a", "hang", "b");
      assertThat(trail.head().seq()).isEqualTo(3);
    }
  }
}
