package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.audit.AuditTrail;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.ProcessKilledError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What becomes of events that cannot be written when they happen. */
public abstract class LateEventsContract extends SandboxTest {

  private AuditTrail trail() {
    return sandbox.services().audit();
  }

  private static EventDraft draft(String id) {
    return EventDraft.of(id, EventType.UPDATE_START, EventStatus.SUCCESS, "user")
        .withDetails(Map.of("note", "\"kept\"\n"));
  }

  private void tryToAppend(String id) {
    assertThatThrownBy(() -> trail().append(draft(id))).isInstanceOf(IOException.class);
    trail().appendLate(draft(id));
  }

  /** Nothing below {@code audit/} can be written, but the rest of the home can. */
  private void lockTheTrail() {
    Assumptions.assumeTrue(sandbox.isInMemory(), "needs a file system that fails");
    Path audit = sandbox.home().audit();
    sandbox
        .faults()
        .plan(
            FaultPlan.failWhere(
                o -> o.path().startsWith(audit) && o.kind().changes(), Errno.EACCES));
  }

  private void assertLate(String id, Instant happened) throws IOException {
    Map<String, String> details = trail().find(id).orElseThrow().content().details();
    assertThat(details).containsEntry("late", "true").containsEntry("note", "\"kept\"\n");
    assertThat(Duration.between(Instant.parse(details.get("happened")), happened).abs())
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void appendLate_anotherEventFollows_isWrittenBeforeIt() throws IOException {
    Instant then = sandbox.clock().instant();
    trail().appendLate(draft("late"));
    sandbox.clock().advance(Duration.ofHours(1));

    assertThat(trail().append(draft("next")).orElseThrow().content().eventId()).isEqualTo("next");

    assertThat(TrailOracle.eventIds(sandbox.home())).containsExactly("late", "next");
    assertLate("late", then);
    assertThat(trail().find("next").orElseThrow().content().details()).doesNotContainKey("late");
  }

  @Test
  void appendLate_nothingFollows_isWrittenWhenTheCommandEnds() throws IOException {
    trail().appendLate(draft("late"));
    sandbox.restart();

    assertThat(TrailOracle.eventIds(sandbox.home())).containsExactly("late");
    assertThat(sandbox.home().lateEvents()).doesNotExist();
  }

  @Test
  void appendLate_trailCannotBeWritten_aLaterCommandWritesThemInOrder() throws IOException {
    trail().append(draft("before"));
    lockTheTrail();
    Instant then = sandbox.clock().instant();
    tryToAppend("a");
    tryToAppend("b");
    sandbox.restart();
    tryToAppend("c");
    sandbox.restart();
    // Not even the half-written line could be taken back.
    assertThat(TrailOracle.eventIdsBeforeTornTail(sandbox.home())).containsExactly("before");

    sandbox.faults().plan(FaultPlan.NONE);
    sandbox.clock().advance(Duration.ofHours(1));
    trail().append(draft("after"));

    assertThat(TrailOracle.eventIds(sandbox.home()))
        .containsExactly("before", "a", "b", "c", "after");
    for (String id : List.of("a", "b", "c")) {
      assertLate(id, then);
    }
    assertThat(trail().verify(Optional.empty()).problems()).isEmpty();
    assertThat(sandbox.home().lateEvents()).isEmptyDirectory();
    assertThat(trail().query(EventQuery.ALL)).hasSize(5);
  }

  @Test
  void appendLate_commandsAreKilledWhileTheyWriteThem_noneIsThereTwice() throws IOException {
    lockTheTrail();
    tryToAppend("a");
    sandbox.restart();
    sandbox.faults().plan(FaultPlan.NONE);
    boolean killed = true;
    int last = 0;
    for (int n = 1; killed; n++) {
      last = n;
      killed = false;
      sandbox.faults().plan(FaultPlan.killAt(n));
      try {
        trail().append(draft("n" + n));
      } catch (ProcessKilledError e) {
        killed = true;
      }
      sandbox.restartAfterKill();
    }

    List<String> ids = TrailOracle.eventIds(sandbox.home());
    assertThat(ids).contains("a", "n" + last).doesNotHaveDuplicates();
    assertThat(ids.getFirst()).isEqualTo("a");
    assertThat(last).isGreaterThan(5);
    assertThat(trail().verify(Optional.empty()).problems()).isEmpty();
  }

  @Test
  void append_keptEventsAreDamaged_whatHappensNowIsWritten() throws IOException {
    sandbox.write(sandbox.home().lateEvents().resolve("x.log"), "{\"seq\":1,\u0000 no event\n");

    trail().append(draft("now"));

    assertThat(TrailOracle.eventIds(sandbox.home())).containsExactly("now");
    assertThat(Files.exists(sandbox.home().operationsLog())).isTrue();
  }
}
