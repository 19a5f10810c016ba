package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.AuditTrail;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailReport;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.ProcessKilledError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What a trail does with time: torn lines, rotation, retention, and an index that is only a copy.
 */
public abstract class TrailUpkeepContract extends SandboxTest {

  private AuditTrail trail() {
    return sandbox.services().audit();
  }

  private Path log() {
    return sandbox.home().operationsLog();
  }

  private Path index() {
    return sandbox.home().audit().resolve("audit.db");
  }

  private Path archive() {
    return sandbox.home().audit().resolve("archive");
  }

  private AuditEvent append(String id) throws IOException {
    return trail()
        .append(EventDraft.of(id, EventType.UPDATE_SUCCESS, EventStatus.SUCCESS, "user"))
        .orElseThrow();
  }

  private List<String> indexed() throws IOException {
    return trail().query(EventQuery.ALL.withType(EventType.UPDATE_SUCCESS)).stream()
        .map(event -> event.content().eventId())
        .toList();
  }

  private List<String> archived() throws IOException {
    try (Stream<Path> parts = Files.list(archive())) {
      return parts.map(part -> part.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void append_afterATornLine_setsItAside() throws IOException {
    append("a");
    Files.writeString(log(), "{\"seq\":2,\"event_id\":\"ha", StandardOpenOption.APPEND);

    TrailReport torn = trail().verify(Optional.empty());
    append("b");

    assertThat(torn.problems()).isEmpty();
    assertThat(torn.notes()).singleElement().asString().contains("half-written");
    assertThat(TrailOracle.eventIds(sandbox.home())).containsExactly("a", "b");
    assertThat(trail().verify(Optional.empty()).problems()).isEmpty();
    assertThat(trail().verify(Optional.empty()).notes())
        .singleElement()
        .asString()
        .contains("after-1.txt");
    assertThat(Files.readString(sandbox.home().audit().resolve("torn/after-1.txt")))
        .isEqualTo("{\"seq\":2,\"event_id\":\"ha");
  }

  @Test
  void append_afterAPageOfZeros_setsItAside() throws IOException {
    append("a");
    Files.write(log(), new byte[5000], StandardOpenOption.APPEND);
    Files.writeString(log(), "tail\n", StandardOpenOption.APPEND);

    append("b");

    assertThat(TrailOracle.eventIds(sandbox.home())).containsExactly("a", "b");
    assertThat(trail().verify(Optional.empty()).problems()).isEmpty();
  }

  @Test
  void rotation_byAge_packsAndTheChainRunsOn() throws IOException {
    append("a");
    AuditEvent b = append("b");
    sandbox.clock().advance(Duration.ofDays(91));

    append("c");

    assertThat(archived()).containsExactly("operations-0000000001-0000000002-20260108.log.gz");
    assertThat(Files.readAllLines(log())).hasSize(1);
    assertThat(TrailOracle.eventIds(sandbox.home())).containsExactly("a", "b", "c");
    assertThat(trail().verify(Optional.empty()).problems()).isEmpty();
    assertThat(trail().query(EventQuery.ALL.withLimit(2)))
        .extracting(event -> event.content().eventId())
        .containsExactly("c", "b");
    assertThat(trail().query(EventQuery.ALL)).hasSize(3);
    assertThat(trail().find("b")).contains(b);
    assertThat(append("b")).as("not written again").isEqualTo(b);
  }

  @Test
  void rotation_bySize_packsAndTheChainRunsOn() throws IOException {
    sandbox.settings("{\"audit\": {\"log_rotation_size_mb\": 1}}");
    for (int i = 1; i <= 100; i++) {
      trail()
          .append(
              EventDraft.of("e" + i, EventType.UPDATE_SUCCESS, EventStatus.SUCCESS, "user")
                  .withDetails(Map.of("text", ("word " + i + " ").repeat(1800))));
    }

    assertThat(archived()).hasSize(1);
    assertThat(TrailOracle.eventIds(sandbox.home())).hasSize(100);
    assertThat(indexed()).hasSize(100);
    assertThat(trail().verify(Optional.empty()).problems()).isEmpty();
  }

  @Test
  void rotation_killedAtEachOperation_losesNothing() throws IOException {
    Assumptions.assumeTrue(sandbox.isInMemory(), "needs a file system that kills");
    sandbox.settings("{\"audit\": {\"log_retention_days\": 36500}}");
    int expected = 0;
    for (long n = 1; ; n++) {
      append("before-" + n);
      sandbox.clock().advance(Duration.ofDays(91));
      boolean killed = false;
      sandbox.faults().plan(FaultPlan.killAt(n));
      try {
        append("at-" + n);
      } catch (ProcessKilledError e) {
        killed = true;
      }
      sandbox.restartAfterKill();
      assertThat(trail().verify(Optional.empty()).problems()).as("killed at %d", n).isEmpty();
      append("at-" + n);
      expected += 2;
      assertThat(trail().verify(Optional.empty()).problems()).as("killed at %d", n).isEmpty();
      assertThat(trail().verify(Optional.empty()).events()).isEqualTo(expected);
      assertThat(indexed()).hasSize(expected).doesNotHaveDuplicates();
      if (!killed) {
        assertThat(n).isGreaterThan(8);
        return;
      }
    }
  }

  @Test
  void retention_partsOutOfTime_goAndTheRestVerifies() throws IOException {
    for (int i = 1; i <= 12; i++) {
      append("e" + i);
      sandbox.clock().advance(Duration.ofDays(91));
    }

    append("last");

    assertThat(archived()).hasSizeLessThan(12);
    TrailReport report = trail().verify(Optional.empty());
    assertThat(report.problems()).isEmpty();
    assertThat(trail().query(EventQuery.ALL.withType(EventType.AUDIT_PRUNED))).isNotEmpty();
    assertThat(indexed()).doesNotContain("e1").contains("e12", "last");
  }

  @Test
  void retention_killedAtEachOperation_leavesAnIntactTrail() throws IOException {
    Assumptions.assumeTrue(sandbox.isInMemory(), "needs a file system that kills");
    sandbox.settings("{\"audit\": {\"log_retention_days\": 100, \"log_rotation_days\": 30}}");
    for (long n = 1; ; n++) {
      for (int i = 1; i <= 3; i++) {
        append(n + "-" + i);
        sandbox.clock().advance(Duration.ofDays(31));
      }
      boolean killed = false;
      sandbox.faults().plan(FaultPlan.killAt(n));
      try {
        append("at-" + n);
      } catch (ProcessKilledError e) {
        killed = true;
      }
      sandbox.restartAfterKill();
      assertThat(problems()).as("killed at %d", n).isEmpty();
      append("at-" + n);
      assertThat(problems()).as("killed at %d", n).isEmpty();
      assertThat(indexed()).as("killed at %d", n).contains("at-" + n, n + "-3");
      if (!killed) {
        assertThat(n).isGreaterThan(12);
        return;
      }
    }
  }

  @Test
  void retention_partRemovedByHand_isFound() throws IOException {
    for (int i = 1; i <= 4; i++) {
      append("e" + i);
      sandbox.clock().advance(Duration.ofDays(91));
    }
    Path second = archive().resolve(archived().get(1));
    byte[] content = Files.readAllBytes(second);

    Files.delete(second);
    assertThat(problems()).anySatisfy(m -> assertThat(m).contains("event 2 is missing"));
    Files.write(second, java.util.Arrays.copyOf(content, content.length / 2));
    assertThat(problems()).anySatisfy(m -> assertThat(m).contains("cannot be unpacked"));
    Files.write(second, content);
    Files.delete(archive().resolve(archived().getFirst()));
    assertThat(problems())
        .singleElement()
        .satisfies(m -> assertThat(m).contains("event 1 is missing at the beginning"));
  }

  private List<String> problems() throws IOException {
    return trail().verify(Optional.empty()).problems().stream().map(Problem::message).toList();
  }

  @Test
  void index_behind_followsTheLog() throws IOException {
    append("a");
    assertThat(indexed()).containsExactly("a");
    sandbox
        .otherProcess()
        .audit()
        .append(EventDraft.of("b", EventType.UPDATE_SUCCESS, EventStatus.SUCCESS, "user"));

    assertThat(indexed()).containsExactly("b", "a");
  }

  @Test
  void index_missingOrDamaged_isMadeAnew() throws IOException {
    append("a");
    append("b");
    assertThat(indexed()).containsExactly("b", "a");
    Assumptions.assumeTrue(Files.exists(index()), "the index is in memory here");

    Files.delete(index());
    assertThat(indexed()).containsExactly("b", "a");
    Files.writeString(index(), "no database at all, but long enough to look like one".repeat(99));
    assertThat(indexed()).containsExactly("b", "a");
    byte[] whole = Files.readAllBytes(index());
    Files.write(index(), java.util.Arrays.copyOf(whole, whole.length / 2));
    assertThat(indexed()).containsExactly("b", "a");
    Files.write(index(), new byte[0]);
    assertThat(indexed()).containsExactly("b", "a");
    assertThat(trail().rebuildIndex()).isEqualTo(2);
    assertThat(Files.getPosixFilePermissions(index())).hasSize(2);
  }

  @Test
  void query_homeCannotBeWritten_isAnswered() throws IOException {
    Assumptions.assumeTrue(sandbox.isInMemory(), "needs a file system that refuses");
    append("a");
    append("b");
    sandbox.restart();
    sandbox.faults().plan(FaultPlan.failWhere(o -> o.kind().changes(), Errno.EROFS));

    assertThat(indexed()).containsExactly("b", "a");
    assertThat(trail().find("1")).isPresent();
    assertThat(trail().head().seq()).isEqualTo(2);
    assertThat(trail().verify(Optional.empty()).problems()).isEmpty();
  }

  @Test
  void index_ofAnotherLog_isMadeAnew() throws IOException {
    append("a");
    append("b");
    assertThat(indexed()).containsExactly("b", "a");
    Files.delete(log());
    Files.delete(sandbox.home().audit().resolve("head.json"));

    append("c");
    append("d");

    assertThat(indexed()).as("as long as the old one, but another").containsExactly("d", "c");
    assertThat(trail().find("a")).isEmpty();
  }
}
