package dev.stravinsky.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.Services;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.AuditTrail;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.check.PluginServices;
import dev.stravinsky.spi.AuditSink;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
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

  private static final List<AuditSink> OF_PLUGINS = new CopyOnWriteArrayList<>();

  /** Stands for the plugin host: brings the sinks of the test. */
  public static final class TestPlugins implements PluginServices.Factory {
    @Override
    public PluginServices create(Services services) {
      return new PluginServices() {
        @Override
        public void warmUp() {}

        @Override
        public void noMoreChecks() {}

        @Override
        public boolean areDeclared(Class<?> kind) {
          return !all(kind).isEmpty();
        }

        @Override
        public <S> List<S> all(Class<S> kind) {
          return OF_PLUGINS.stream().filter(kind::isInstance).map(kind::cast).toList();
        }
      };
    }
  }

  @AfterEach
  void removePlugins() {
    OF_PLUGINS.clear();
  }

  @Test
  void append_pluginsSinkFails_isToldOnceInTheTrailAndTheOtherHearsAll() throws IOException {
    List<AuditEvent> heard = new CopyOnWriteArrayList<>();
    OF_PLUGINS.add(
        sink(
            "plugin/bad",
            event -> {
              throw new IOException("no wire");
            }));
    OF_PLUGINS.add(sink("plugin/good", heard::add));
    try (Sandbox sandbox = Sandbox.inMemory()) {
      for (String id : List.of("a", "b")) {
        sandbox
            .services()
            .audit()
            .append(EventDraft.of(id, EventType.UPDATE_START, EventStatus.SUCCESS, "user"));
      }
      sandbox.restart(); // The end of the command waits for the sinks.

      List<AuditEvent> trail = sandbox.services().audit().query(EventQuery.ALL);
      List<AuditEvent> failures =
          trail.stream().filter(e -> e.content().type() == EventType.PLUGIN_FAILED).toList();
      assertThat(failures).hasSize(1);
      assertThat(failures.getFirst().content().error()).contains("no wire");
      assertThat(failures.getFirst().content().details())
          .containsEntry("plugin", "plugin/bad")
          .containsEntry("service", "audit-sink");
      assertThat(heard).extracting(e -> e.content().eventId()).contains("a", "b");
    }
  }

  @Test
  void append_pluginsSinkWaits_goesOnMeanwhile() throws IOException, InterruptedException {
    CountDownLatch appended = new CountDownLatch(1);
    List<AuditEvent> heard = new CopyOnWriteArrayList<>();
    OF_PLUGINS.add(
        sink(
            "plugin/slow",
            event -> {
              appended.await();
              heard.add(event);
            }));
    try (Sandbox sandbox = Sandbox.inMemory()) {
      AuditTrail trail = sandbox.services().audit();
      trail.append(EventDraft.of("a", EventType.UPDATE_START, EventStatus.SUCCESS, "user"));
      assertThat(heard).isEmpty();
      appended.countDown();
    }
    assertThat(heard).extracting(e -> e.content().eventId()).containsExactly("a");
  }

  private interface Hearing {
    void hear(AuditEvent event) throws Exception;
  }

  private static AuditSink sink(String id, Hearing hearing) {
    return new AuditSink() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public void appended(AuditEvent event) throws Exception {
        hearing.hear(event);
      }
    };
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
