package dev.stravinsky.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.update.HeldVersions;
import dev.stravinsky.api.update.Hold;
import dev.stravinsky.api.update.Hold.Cause;
import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.InstalledSandbox;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FaultPlan.Verdict;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import dev.stravinsky.testkit.fs.ProcessKilledError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** What an update holds by itself, and what it does with versions that are held. */
final class HeldVersionsTest extends InstalledSandbox {
  private static final Version V1 = new Version("v1");
  private static final Version V2 = new Version("v2");
  private static final String UNCHECKED = "{\"update\": {\"pre_update_checks_enabled\": false}}";
  private static final String LEFT =
      "{\"update\": {\"pre_update_checks_enabled\": false, \"auto_rollback_on_failure\": false}}";

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  private HeldVersions held() throws IOException {
    return sandbox.services().holds().of(Scope.USER);
  }

  /** Its settings name a number where a text has to be. */
  private Path brokenRelease() throws IOException {
    Path release = secondRelease();
    sandbox.write(release.resolve("settings.json"), "{\n  \"env\": {\"PORT\": 8080}\n}\n");
    return release;
  }

  @Test
  void update_rolledBack_isHeldAndSaidInTheTrail() throws IOException {
    update(firstRelease(), "v1");
    sandbox.settings(UNCHECKED);

    assertThat(update(brokenRelease(), "v2")).isInstanceOf(UpdateResult.RolledBack.class);

    Hold hold = held().holdOf(V2).orElseThrow();
    assertThat(hold.cause()).isEqualTo(Cause.FAILED);
    assertThat(hold.reason()).isPresent();
    assertThat(held().isOffered(V2)).isFalse();
    EventQuery rollbacks = EventQuery.ALL.withType(EventType.AUTO_ROLLBACK);
    assertThat(sandbox.services().audit().query(rollbacks))
        .singleElement()
        .satisfies(e -> assertThat(e.content().details()).containsEntry("held", "v2"));
    assertThat(checksNamedBy(EventType.UPDATE_FAILED)).contains("settings-schema");
  }

  @Test
  void update_failedVersionAskedForAgain_isInstalledAndHeldNoMore() throws IOException {
    update(firstRelease(), "v1");
    sandbox.settings(UNCHECKED);
    update(brokenRelease(), "v2");

    assertThat(update(secondRelease(), "v2")).isInstanceOf(UpdateResult.Updated.class);

    assertThat(held().holds()).isEmpty();
  }

  @Test
  void update_leftAsItIs_isHeldAllTheSame() throws IOException {
    update(firstRelease(), "v1");
    sandbox.settings(LEFT);

    assertThat(update(brokenRelease(), "v2")).isInstanceOf(UpdateResult.LeftAsIs.class);

    assertThat(held().holdOf(V2).orElseThrow().cause()).isEqualTo(Cause.FAILED);
  }

  @Test
  void update_killedInTheUndoing_isHeldAfterTheRecovery() throws IOException {
    update(firstRelease(), "v1");
    sandbox.settings(UNCHECKED);
    Path broken = brokenRelease();
    SortedMap<String, String> before = live();
    // v1's files are exchanged at the swap, and again at the undoing.
    int[] exchanges = {0};
    sandbox
        .faults()
        .plan(
            operation ->
                operation.kind() == Kind.EXCHANGE && ++exchanges[0] > 3
                    ? new Verdict.Die()
                    : new Verdict.Proceed());

    assertThatThrownBy(() -> update(broken, "v2")).isInstanceOf(ProcessKilledError.class);
    sandbox.faults().plan(FaultPlan.NONE);
    sandbox.restartAfterKill();
    sandbox.services().updater().resume(Scope.USER);

    assertThat(live()).isEqualTo(before);
    assertThat(held().isOffered(V2)).isFalse();
  }

  @Test
  void update_holdCannotBeNoted_isRolledBackAllTheSame() throws IOException {
    update(firstRelease(), "v1");
    sandbox.settings(UNCHECKED);
    Path broken = brokenRelease();
    SortedMap<String, String> before = live();
    sandbox
        .faults()
        .plan(
            FaultPlan.failWhere(
                o -> o.kind().changes() && o.path().toString().contains("holds.json"), Errno.EIO));

    assertThat(update(broken, "v2"))
        .isInstanceOfSatisfying(
            UpdateResult.RolledBack.class,
            back ->
                assertThat(back.problems())
                    .extracting(Problem::nextCommand)
                    .contains(Optional.of("stravinsky hold v2")));
    assertThat(live()).isEqualTo(before);
  }

  @Test
  void update_heldByTheUser_isBlockedAndChangesNothing() throws IOException {
    update(firstRelease(), "v1");
    SortedMap<String, String> before = live();
    sandbox.services().holds().hold(Scope.USER, V2, Optional.empty());

    assertThat(update(secondRelease(), "v2"))
        .isInstanceOfSatisfying(
            UpdateResult.Blocked.class,
            blocked ->
                assertThat(blocked.problems().getFirst().nextCommand())
                    .contains("stravinsky unhold v2"));
    assertThat(live()).isEqualTo(before);
    UpdateResult planned =
        sandbox.services().updater().update(request(release("v2"), "v2", true), Progress.NONE);
    assertThat(((UpdateResult.Planned) planned).refusals()).hasSize(1);
    sandbox.services().holds().unhold(Scope.USER, V2);
    assertThat(update(release("v2"), "v2")).isInstanceOf(UpdateResult.Updated.class);
  }

  @Test
  void update_pinnedToAnother_isBlocked() throws IOException {
    update(firstRelease(), "v1");
    sandbox.services().holds().pin(Scope.USER, V1);

    assertThat(update(secondRelease(), "v2")).isInstanceOf(UpdateResult.Blocked.class);
    assertThat(update(release("v1"), "v1")).isInstanceOf(UpdateResult.UpToDate.class);
  }

  @Test
  void undo_holdsWhatWasGoneBackFrom_alsoUnderAPin() throws IOException {
    update(firstRelease(), "v1");
    update(secondRelease(), "v2");
    sandbox.services().holds().pin(Scope.USER, V2);

    undo();

    assertThat(held().holdOf(V2).orElseThrow().cause()).isEqualTo(Cause.ROLLED_BACK);
    assertThat(held().holds()).hasSize(1);
  }

  @Test
  void rollbackTo_backwards_holdsAndForwardsEndsIt() throws IOException {
    update(firstRelease(), "v1");
    update(secondRelease(), "v2");

    rollbackTo("v1");
    assertThat(held().holds()).extracting(Hold::version).containsExactly(V2);
    rollbackTo("v2");

    assertThat(held().holds()).extracting(Hold::version).doesNotContain(V2);
  }

  @Test
  void undo_toBeforeTheFirst_holdsTheFirst() throws IOException {
    update(firstRelease(), "v1");

    undo();

    assertThat(held().holds()).extracting(Hold::version).containsExactly(V1);
  }

  @Test
  void undo_listOfHeldVersionsDamaged_isDoneAndTheNextUpdateTellsOfIt() throws IOException {
    update(firstRelease(), "v1");
    SortedMap<String, String> first = live();
    update(secondRelease(), "v2");
    byte[] damaged = "{\"format\": 1".getBytes(StandardCharsets.UTF_8);
    sandbox.write(sandbox.home().holds(), damaged, 0600);

    undo();

    assertThat(live()).isEqualTo(first);
    assertThat(sandbox.services().transactions().interrupted()).isEqualTo(List.of());
    assertThatThrownBy(() -> update(release("v2"), "v2")).isInstanceOf(DamagedException.class);
    assertThat(live()).isEqualTo(first);
  }
}
