package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.AuditTrail;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailHead;
import dev.stravinsky.api.audit.TrailStatistics;
import dev.stravinsky.testkit.SandboxClock;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What every {@link AuditTrail} must do: appending and asking. */
public abstract class AuditTrailContract extends SandboxTest {

  private AuditTrail trail() {
    return sandbox.services().audit();
  }

  private static EventDraft draft(String id) {
    return EventDraft.of(id, EventType.UPDATE_SUCCESS, EventStatus.SUCCESS, "user");
  }

  private void append(int from, int to) throws IOException {
    for (int i = from; i <= to; i++) {
      trail().append(draft("e" + i));
    }
  }

  private List<String> ids(EventQuery query) throws IOException {
    return trail().query(query).stream().map(event -> event.content().eventId()).toList();
  }

  @Test
  void trail_empty_isIntactAndWritesNothing() throws IOException {
    assertThat(trail().head()).isEqualTo(TrailHead.EMPTY);
    assertThat(trail().query(EventQuery.ALL)).isEmpty();
    assertThat(trail().find("1")).isEmpty();
    assertThat(trail().verify(Optional.empty()).intact()).isTrue();
    assertThat(trail().statistics(Instant.EPOCH).operations()).isEmpty();
    assertThat(trail().rebuildIndex()).isZero();
    assertThat(sandbox.home().audit()).doesNotExist();
  }

  @Test
  void append_first_isALineWithEveryField() throws IOException {
    EventDraft draft =
        draft("tx1-COMMITTED")
            .withVersions("v1", "v2")
            .withDuration(Duration.ofMillis(210))
            .withDetails(Map.of("path", "hooks/a.py", "line", "3"))
            .withError("a \"sentence\"");

    AuditEvent event = trail().append(draft).orElseThrow();

    assertThat(event.seq()).isEqualTo(1);
    assertThat(event.prevHash()).isEqualTo("0".repeat(64));
    assertThat(event.content()).isEqualTo(draft);
    assertThat(event.timestamp()).isAfterOrEqualTo(SandboxClock.START);
    assertThat(TrailOracle.eventIds(sandbox.home())).containsExactly("tx1-COMMITTED");
    assertThat(Files.readString(sandbox.home().operationsLog()))
        .matches(
            "\\{\"seq\":1,\"event_id\":\"tx1-COMMITTED\","
                + "\"timestamp\":\"2026-01-08T12:\\d\\d:\\d\\d\\.\\d{6}Z\","
                + "\"event_type\":\"UPDATE_SUCCESS\",\"version\":\"v2\",\"previous_version\":\"v1\","
                + "\"scope\":\"user\",\"user\":\"tester\",\"hostname\":\"sandbox\","
                + "\"status\":\"success\",\"duration_seconds\":0.21,"
                + "\"details\":\\{\"line\":\"3\",\"path\":\"hooks/a.py\"},"
                + "\"error\":\"a \\\\\"sentence\\\\\"\","
                + "\"prev_hash\":\"0{64}\",\"hash\":\"[0-9a-f]{64}\"}\n");
  }

  @Test
  void append_manyAcrossCommands_isOneChain() throws IOException {
    append(1, 3);
    sandbox.restart();
    append(4, 5);

    assertThat(TrailOracle.eventIds(sandbox.home())).containsExactly("e1", "e2", "e3", "e4", "e5");
    assertThat(trail().head().seq()).isEqualTo(5);
    assertThat(trail().verify(Optional.empty()).problems()).isEmpty();
    assertThat(trail().verify(Optional.empty()).events()).isEqualTo(5);
  }

  @Test
  void append_idIsThere_givesTheOldEventAndWritesNothing() throws IOException {
    AuditEvent first = trail().append(draft("tx-COMMITTED")).orElseThrow();
    append(2, 3);
    byte[] before = Files.readAllBytes(sandbox.home().operationsLog());
    sandbox.restart();

    Optional<AuditEvent> again = trail().append(draft("tx-COMMITTED").withError("other"));

    assertThat(again).contains(first);
    assertThat(sandbox.home().operationsLog()).hasBinaryContent(before);
  }

  @Test
  void appendAll_someAreThereOrTwice_writesTheOthersOnceAndInOrder() throws IOException {
    AuditEvent first = trail().append(draft("a")).orElseThrow();
    sandbox.otherProcess().audit().append(draft("b"));

    List<AuditEvent> events =
        trail().appendAll(List.of(draft("c"), draft("a"), draft("d"), draft("b"), draft("c")));

    assertThat(TrailOracle.eventIds(sandbox.home())).containsExactly("a", "b", "c", "d");
    assertThat(events).extracting(AuditEvent::seq).containsExactly(3L, 1L, 4L, 2L, 3L);
    assertThat(events.get(1)).isEqualTo(first);
    assertThat(trail().appendAll(List.of())).isEmpty();
    assertThat(trail().head().seq()).isEqualTo(4);
    assertThat(trail().query(EventQuery.ALL)).hasSize(4);
  }

  @Test
  void append_anotherTrailWasPutInPlaceSinceTheLastTime_goesOnFromThat() throws IOException {
    trail().appendAll(List.of(draft("x1"), draft("x2"), draft("x3")));
    trail().append(draft("x4"));
    TrailSeries.write(sandbox, 3, 9);

    assertThat(trail().append(draft("new")).orElseThrow().seq()).isEqualTo(10);
    assertThat(trail().append(draft("e1")).orElseThrow().seq()).isEqualTo(1);
    assertThat(trail().append(draft("again")).orElseThrow().seq()).isEqualTo(11);

    assertThat(TrailOracle.eventIds(sandbox.home())).hasSize(11).endsWith("new", "again");
    assertThat(trail().verify(Optional.empty()).problems()).isEmpty();
  }

  @Test
  void append_logWasCutSinceTheLastTime_isReadAnew() throws IOException {
    append(1, 4);
    Path log = sandbox.home().operationsLog();
    List<String> lines = Files.readAllLines(log);
    Files.writeString(log, String.join("\n", lines.subList(0, 2)) + "\n");

    trail().append(draft("after"));

    assertThat(Files.readAllLines(log)).hasSize(3).last().asString().contains("\"seq\":5,");
    assertThat(trail().verify(Optional.empty()).problems())
        .singleElement()
        .satisfies(p -> assertThat(p.message()).contains("events 3 to 4 are missing"));
    assertThat(trail().append(draft("e3")).orElseThrow().seq()).isEqualTo(6);
  }

  @Test
  void append_idOnlyInDetails_isNew() throws IOException {
    trail().append(draft("a").withDetails(Map.of("event_id", "b", "x", "\",\"event_id\":\"b\"")));

    trail().append(draft("b"));

    assertThat(TrailOracle.eventIds(sandbox.home())).containsExactly("a", "b");
  }

  @Test
  void append_hostileText_isOneInertLineAndComesBack() throws IOException {
    String hostile = "a\nb\r\u001b[31m\u2028\u202e \"\\ é 😀";

    AuditEvent event =
        trail().append(draft(hostile).withDetails(Map.of(hostile, hostile))).orElseThrow();

    assertThat(trail().query(EventQuery.ALL)).containsExactly(event);
    assertThat(trail().find(hostile)).contains(event);
    assertThat(event.content().details()).containsEntry(hostile, hostile);
    List<String> lines = Files.readAllLines(sandbox.home().operationsLog());
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst().chars().noneMatch(Character::isISOControl)).isTrue();
    assertThat(trail().verify(Optional.empty()).intact()).isTrue();
  }

  @Test
  void append_whatIsNoText_isReplaced() throws IOException {
    AuditEvent event = trail().append(draft("a\u0000b\ud800c")).orElseThrow();

    assertThat(event.content().eventId()).isEqualTo("a\uFFFDb\uFFFDc");
    assertThat(trail().query(EventQuery.ALL)).containsExactly(event);
    assertThat(trail().find("a\uFFFDb\uFFFDc")).contains(event);
    assertThat(trail().append(draft("a\u0000b\ud800c"))).contains(event);
    assertThat(trail().verify(Optional.empty()).intact()).isTrue();
  }

  @Test
  void append_secrets_areNotWritten() throws IOException {
    trail()
        .append(
            draft("a")
                .withDetails(Map.of("GITHUB_TOKEN", "plain", "note", "password=hunter2"))
                .withError("https://joe:hunter2@example.org/x was refused"));

    assertThat(Files.readString(sandbox.home().operationsLog()))
        .doesNotContain("plain", "hunter2")
        .contains("***");
  }

  @Test
  void append_loggingSwitchedOff_saysSoAndThenNothing() throws IOException {
    append(1, 1);
    sandbox.settings("{\"audit\": {\"enable_audit_logging\": false}}");

    assertThat(trail().append(draft("e2"))).isEmpty();
    assertThat(trail().append(draft("e3"))).isEmpty();

    assertThat(trail().query(EventQuery.ALL))
        .extracting(event -> event.content().type())
        .containsExactly(EventType.AUDIT_DISABLED, EventType.UPDATE_SUCCESS);
    sandbox.settings("{}");
    assertThat(trail().append(draft("e4"))).isPresent();
    assertThat(TrailOracle.eventIds(sandbox.home())).hasSize(3);
  }

  @Test
  void append_eachOperationFails_isThereOrLeftTheLogAsItWas() throws IOException {
    Assumptions.assumeTrue(sandbox.isInMemory(), "needs a file system that fails");
    int failures = 0;
    for (Errno errno : List.of(Errno.ENOSPC, Errno.EIO, Errno.EACCES)) {
      for (long n = 1; ; n++) {
        String id = errno + "-" + n;
        List<String> before = TrailOracle.eventIds(sandbox.home());
        sandbox.faults().plan(FaultPlan.failAt(n, errno));
        boolean thrown = false;
        try {
          trail().append(draft(id));
        } catch (IOException e) {
          thrown = true;
        }
        long injected = sandbox.faults().injected();
        sandbox.faults().plan(FaultPlan.NONE);
        List<String> after = new ArrayList<>(before);
        if (!thrown) {
          after.add(id);
        }
        assertThat(TrailOracle.eventIds(sandbox.home())).as(id).isEqualTo(after);
        assertThat(trail().verify(Optional.empty()).problems()).as(id).isEmpty();
        if (injected == 0) {
          break;
        }
        failures++;
      }
    }
    assertThat(failures).isGreaterThan(10);
  }

  @Test
  void append_killedAtEachOperation_leavesAnIntactTrailThatGoesOn() throws IOException {
    Assumptions.assumeTrue(sandbox.isInMemory(), "needs a file system that kills");
    append(1, 2);
    for (long n = 1; ; n++) {
      String id = "killed-" + n;
      boolean killed = false;
      sandbox.faults().plan(FaultPlan.killAt(n));
      try {
        trail().append(draft(id));
      } catch (dev.stravinsky.testkit.fs.ProcessKilledError e) {
        killed = true;
      }
      sandbox.restartAfterKill();
      assertThat(trail().verify(Optional.empty()).problems()).as(id).isEmpty();
      trail().append(draft("after-" + n));
      assertThat(TrailOracle.eventIds(sandbox.home())).as(id).endsWith("after-" + n);
      assertThat(trail().verify(Optional.empty()).problems()).as(id).isEmpty();
      if (!killed) {
        assertThat(n).isGreaterThan(3);
        return;
      }
    }
  }

  @Test
  void append_twoProcessesWithThreads_isOneChain() throws Exception {
    List<AuditTrail> trails = List.of(trail(), sandbox.otherProcess().audit());
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int t = 0; t < 4; t++) {
      int thread = t;
      Runnable work =
          () -> {
            for (int i = 0; i < 10; i++) {
              try {
                trails.get(thread % 2).append(draft("t" + thread + "-" + i));
              } catch (IOException | RuntimeException e) {
                failures.add(e);
              }
            }
          };
      threads.add(Thread.ofPlatform().start(work));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(failures).isEmpty();
    assertThat(TrailOracle.eventIds(sandbox.home())).doesNotHaveDuplicates().hasSize(40);
    assertThat(trail().verify(Optional.empty()).problems()).isEmpty();
  }

  @Test
  void query_everyCondition_holds() throws IOException {
    trail().append(draft("a").withVersion("v1"));
    sandbox.clock().advance(Duration.ofHours(1));
    Instant later = sandbox.clock().instant();
    trail().append(EventDraft.of("b", EventType.UPDATE_FAILED, EventStatus.FAILED, "project:x"));
    trail().append(draft("c").withVersion("v2"));
    EventQuery all = EventQuery.ALL;

    assertThat(ids(all)).containsExactly("c", "b", "a");
    assertThat(ids(all.withLimit(2))).containsExactly("c", "b");
    assertThat(ids(all.withLimit(0))).isEmpty();
    assertThat(ids(all.withType(EventType.UPDATE_SUCCESS))).containsExactly("c", "a");
    assertThat(ids(all.withType(EventType.UPDATE_SUCCESS).withLimit(1))).containsExactly("c");
    assertThat(ids(all.withFrom(later))).containsExactly("c", "b");
    assertThat(ids(query(Optional.of("v1"), Optional.empty(), Optional.empty(), Optional.empty())))
        .containsExactly("a");
    assertThat(
            ids(
                query(
                    Optional.empty(),
                    Optional.of(EventStatus.FAILED),
                    Optional.of("project:x"),
                    Optional.empty())))
        .containsExactly("b");
    assertThat(ids(query(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(later))))
        .containsExactly("a");
  }

  private static EventQuery query(
      Optional<String> version,
      Optional<EventStatus> status,
      Optional<String> scope,
      Optional<Instant> to) {
    return new EventQuery(
        Optional.empty(),
        version,
        status,
        scope,
        Optional.empty(),
        to,
        java.util.OptionalInt.empty());
  }

  @Test
  void query_byConditionAndWithout_giveTheSameEvents() throws IOException {
    trail().append(draft("a").withVersions("v1", "v2").withDuration(Duration.ofNanos(1_234_567)));
    trail().append(draft("b").withDetails(Map.of("k", "v")).withError("e"));

    List<AuditEvent> tail = trail().query(EventQuery.ALL.withLimit(10));

    assertThat(trail().query(EventQuery.ALL.withType(EventType.UPDATE_SUCCESS))).isEqualTo(tail);
  }

  /** Also one that lies far behind, and none that only speaks of the type. */
  @Test
  void newest_ofAType_isTheLastThatIsWanted() throws IOException {
    trail().append(draft("a").withVersion("v1"));
    trail().append(draft("b").withVersion("v2"));
    trail()
        .append(
            EventDraft.of("c", EventType.UPDATE_FAILED, EventStatus.FAILED, "user")
                .withError("\"event_type\":\"UPDATE_SUCCESS\""));

    for (int rest = 0; rest < 2; rest++) {
      assertThat(newest(event -> true)).contains("b");
      assertThat(newest(event -> event.content().version().equals(Optional.of("v1"))))
          .contains("a");
      assertThat(newest(event -> event.seq() > 2)).isEmpty();
      for (int i = 0; i < 80; i++) {
        trail()
            .append(
                EventDraft.of("d" + i, EventType.UPDATE_START, EventStatus.SUCCESS, "user")
                    .withDetails(Map.of("long", "x".repeat(2000), "longer", "y".repeat(2000))));
      }
    }
  }

  private Optional<String> newest(Predicate<AuditEvent> wanted) throws IOException {
    return trail().newest(EventType.UPDATE_SUCCESS, wanted).map(e -> e.content().eventId());
  }

  @Test
  void find_byIdOrNumber_findsTheEvent() throws IOException {
    append(1, 3);
    trail().append(draft("2"));

    assertThat(trail().find("e2").orElseThrow().seq()).isEqualTo(2);
    assertThat(trail().find("3").orElseThrow().content().eventId()).isEqualTo("e3");
    assertThat(trail().find("2").orElseThrow().seq()).as("ids before numbers").isEqualTo(4);
    assertThat(trail().find("9")).isEmpty();
  }

  @Test
  void statistics_ofKnownDurations_areByNearestRank() throws IOException {
    for (int i = 1; i <= 20; i++) {
      trail().append(draft("e" + i).withDuration(Duration.ofSeconds(i)));
    }
    trail().append(EventDraft.of("f", EventType.UPDATE_FAILED, EventStatus.FAILED, "user"));

    TrailStatistics statistics = trail().statistics(Instant.EPOCH);

    assertThat(statistics.operations())
        .isEqualTo(
            Map.of(
                EventType.UPDATE_SUCCESS,
                Map.of(EventStatus.SUCCESS, 20L),
                EventType.UPDATE_FAILED,
                Map.of(EventStatus.FAILED, 1L)));
    assertThat(statistics.durations())
        .isEqualTo(
            Map.of(
                EventType.UPDATE_SUCCESS,
                new TrailStatistics.Durations(20, 10.5, 1, 20, 10, 19, 20)));
    assertThat(statistics.trailBytes()).isPositive();
    assertThat(statistics.versions()).isEmpty();
    sandbox.clock().advance(Duration.ofDays(1));
    assertThat(trail().statistics(sandbox.clock().instant()).operations()).isEmpty();
  }

  @Test
  void statistics_ofUpdates_haveRatesVersionsAndReadingBack() throws IOException {
    int number = 0;
    for (String version : List.of("v1", "v2", "v1")) {
      String id = version + number++;
      trail().append(of(id + "s", EventType.UPDATE_START, version));
      trail().append(of(id + "u", EventType.UPDATE_SUCCESS, version));
    }
    trail().append(of("x", EventType.UPDATE_START, "v3"));
    trail().append(of("y", EventType.UPDATE_BLOCKED, "v3"));
    trail().append(of("z", EventType.MANUAL_ROLLBACK, "v2"));
    trail()
        .append(
            of("b", EventType.BACKUP_CREATED, "v9")
                .withDuration(Duration.ofSeconds(3))
                .withDetails(Map.of("verify_seconds", "1.250000")));

    TrailStatistics statistics = trail().statistics(Instant.EPOCH);

    assertThat(statistics.updateSuccessRate()).hasValue(0.75);
    assertThat(statistics.rollbacksPerUpdate()).hasValue(0.25);
    assertThat(List.copyOf(statistics.versions().keySet())).containsExactly("v1", "v3", "v2");
    assertThat(statistics.versions().get("v2"))
        .isEqualTo(Map.of(EventType.UPDATE_SUCCESS, 1L, EventType.MANUAL_ROLLBACK, 1L));
    assertThat(statistics.durations().get(EventType.BACKUP_CREATED).mean()).isEqualTo(3);
    assertThat(statistics.durations().get(EventType.BACKUP_VERIFIED).mean()).isEqualTo(1.25);
  }

  private static EventDraft of(String id, EventType type, String version) {
    return EventDraft.of(id, type, EventStatus.SUCCESS, "user").withVersion(version);
  }

  @Test
  void export_json_hasEveryLineOfTheLogOldestFirst() throws IOException {
    append(1, 3);
    List<String> lines = Files.readAllLines(sandbox.home().operationsLog());

    assertThat(export(EventQuery.ALL, AuditTrail.ExportFormat.JSON))
        .isEqualTo("{\"format\":1,\"events\":[\n" + String.join(",\n", lines) + "\n]}\n");
    assertThat(export(EventQuery.ALL.withLimit(1), AuditTrail.ExportFormat.JSON))
        .isEqualTo("{\"format\":1,\"events\":[\n" + lines.get(2) + "\n]}\n");
  }

  @Test
  void export_csv_isInert() throws IOException {
    trail().append(draft("=cmd|'/C calc'!A0").withVersion("@v").withError("+1\u001b[2J, \"x\"\n"));

    List<String> lines = export(EventQuery.ALL, AuditTrail.ExportFormat.CSV).lines().toList();

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("seq,event_id,timestamp,event_type,version,");
    assertThat(lines.get(1))
        .contains("\"'=cmd|'/C calc'!A0\"")
        .contains("\"'@v\"")
        .contains("\"'+1\\u001b[2J, \"\"x\"\"\\u000a\"");
  }

  private String export(EventQuery query, AuditTrail.ExportFormat format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    trail().export(query, format, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void verify_headWrittenDown_isKnown() throws IOException {
    append(1, 2);
    String head = trail().head().hash();
    append(3, 4);

    assertThat(trail().verify(Optional.of(head)).intact()).isTrue();
    assertThat(trail().verify(Optional.of("0123".repeat(16))).problems())
        .singleElement()
        .satisfies(p -> assertThat(p.message()).contains("no event has the hash"));
  }

  @Test
  void append_newerFormat_isRefused() throws IOException {
    append(1, 1);
    Files.writeString(sandbox.home().audit().resolve("head.json"), "{\"format\": 2, \"seq\": 1}");

    assertThatThrownBy(() -> append(2, 2)).hasMessageContaining("format 2");
    assertThat(TrailOracle.eventIds(sandbox.home())).containsExactly("e1");
  }
}
