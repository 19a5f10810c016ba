package dev.stravinsky.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.InstalledSandbox;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** An update while the trail cannot be written: {@code safety.fail_safe_on_audit_error}. */
class UnwritableTrailTest extends InstalledSandbox {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  private void lockTheTrail() {
    Path audit = sandbox.home().audit();
    sandbox
        .faults()
        .plan(
            FaultPlan.failWhere(
                o -> o.path().startsWith(audit) && o.kind().changes(), Errno.EACCES));
  }

  private List<AuditEvent> eventsOldestFirst() throws IOException {
    return sandbox.services().audit().query(EventQuery.ALL).reversed();
  }

  @Test
  void update_trailCannotBeWritten_stopsBeforeAnythingIsChanged() throws IOException {
    update(firstRelease(), "v1");
    SortedMap<String, String> before = live();
    secondRelease();
    sandbox.restart();
    lockTheTrail();

    assertThatThrownBy(() -> update(release("v2"), "v2"))
        .isInstanceOfSatisfying(
            StravinskyException.class,
            e ->
                assertThat(e.problems().getFirst().message())
                    .startsWith("the trail cannot be written"));

    assertThat(live()).isEqualTo(before);
    sandbox.faults().plan(FaultPlan.NONE);
    sandbox.restart();
    assertThat(update(release("v2"), "v2")).isInstanceOf(UpdateResult.Updated.class);
    assertThat(eventsOldestFirst())
        .as("what was stopped did not happen, and is not told of later")
        .noneMatch(event -> event.content().details().containsKey("late"));
  }

  @Test
  void update_mayGoOnWithoutATrail_isToldOfAsSoonAsItCanBe() throws IOException {
    sandbox.settings("{\"safety\": {\"fail_safe_on_audit_error\": false}}");
    update(firstRelease(), "v1");
    long written = sandbox.services().audit().head().seq();
    secondRelease();
    sandbox.restart();
    lockTheTrail();

    update(release("v2"), "v2");

    assertThat(sandbox.services().audit().head().seq()).isEqualTo(written);
    sandbox.restart();
    sandbox.faults().plan(FaultPlan.NONE);
    sandbox.services().updater().resume(Scope.USER);
    update(firstRelease(), "v1");

    List<AuditEvent> events = eventsOldestFirst();
    assertThat(sandbox.services().audit().verify(Optional.empty()).problems()).isEmpty();
    assertThat(events)
        .filteredOn(event -> event.content().details().containsKey("late"))
        .extracting(event -> event.content().type())
        .contains(EventType.UPDATE_START);
    assertThat(events)
        .filteredOn(event -> event.content().version().equals(Optional.of("v2")))
        .extracting(event -> event.content().type())
        .contains(EventType.UPDATE_START, EventType.UPDATE_SUCCESS);
  }
}
