package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.LockHeldException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.update.HeldVersions;
import dev.stravinsky.api.update.Hold;
import dev.stravinsky.api.update.Hold.Cause;
import dev.stravinsky.api.update.Holds;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every record of held versions must do. */
public abstract class HoldsContract extends SandboxTest {
  private static final Version V1 = new Version("v1");
  private static final Version V2 = new Version("v2");
  private static final Optional<String> NONE = Optional.empty();

  private Holds holds() throws IOException {
    return sandbox.restart().services().holds();
  }

  private HeldVersions held() throws IOException {
    return holds().of(Scope.USER);
  }

  private Hold failed(Version version, Cause cause) {
    return new Hold(version, cause, sandbox.clock().instant(), Optional.of("guard.sh:3: no end"));
  }

  @Test
  void of_nothingHeld_offersEverythingAndMakesNoFile() throws IOException {
    assertThat(held().isOffered(V1)).isTrue();
    assertThat(held().refusal(V1)).isEmpty();
    assertThat(sandbox.home().holds()).doesNotExist();
  }

  @Test
  void hold_byTheUser_isNotOfferedAndRefusedWithTheCommandToType() throws IOException {
    assertThat(holds().hold(Scope.USER, V2, Optional.of("breaks my hooks"))).isTrue();

    assertThat(held().isOffered(V2)).isFalse();
    assertThat(held().isOffered(V1)).isTrue();
    assertThat(held().refusal(V2).orElseThrow().message()).contains("breaks my hooks");
    assertThat(held().refusal(V2).orElseThrow().nextCommand()).contains("stravinsky unhold v2");
    assertThat(changes()).containsExactly("hold v2");
  }

  @Test
  void hold_again_changesNothing() throws IOException {
    holds().hold(Scope.USER, V2, NONE);

    assertThat(holds().hold(Scope.USER, V2, NONE)).isFalse();
    assertThat(held().holds()).hasSize(1);
    assertThat(changes()).hasSize(1);
  }

  @Test
  void unhold_ofAnyCause_offersTheVersionAgain() throws IOException {
    holds().hold(Scope.USER, V1, NONE);
    holds().failed(Scope.USER, failed(V2, Cause.FAILED));

    assertThat(holds().unhold(Scope.USER, V1)).isTrue();
    assertThat(holds().unhold(Scope.USER, V2)).isTrue();
    assertThat(holds().unhold(Scope.USER, V2)).isFalse();

    assertThat(held().holds()).isEmpty();
    assertThat(changes()).containsExactly("hold v1", "unhold v1", "unhold v2");
  }

  @Test
  void failed_version_isNotOfferedButMayBeAskedFor() throws IOException {
    Hold hold = failed(V2, Cause.FAILED);
    holds().failed(Scope.USER, hold);

    assertThat(held().holds()).containsExactly(hold);
    assertThat(held().notOffered(V2)).hasValueSatisfying(w -> assertThat(w).contains("no end"));
    assertThat(held().refusal(V2)).isEmpty();
    assertThat(changes()).isEmpty();
  }

  @Test
  void failed_versionThatTheUserHolds_staysTheUsers() throws IOException {
    holds().hold(Scope.USER, V2, NONE);
    holds().failed(Scope.USER, failed(V2, Cause.ROLLED_BACK));

    assertThat(held().holdOf(V2).orElseThrow().cause()).isEqualTo(Cause.USER);
  }

  @Test
  void hold_versionThatFailed_becomesTheUsers() throws IOException {
    holds().failed(Scope.USER, failed(V2, Cause.FAILED));
    holds().hold(Scope.USER, V2, NONE);

    assertThat(held().refusal(V2)).isPresent();
    assertThat(held().holds()).hasSize(1);
  }

  @Test
  void installed_endsAnAutomaticHoldOnly() throws IOException {
    holds().failed(Scope.USER, failed(V1, Cause.ROLLED_BACK));
    holds().hold(Scope.USER, V2, NONE);

    holds().installed(Scope.USER, V1);
    holds().installed(Scope.USER, V2);

    assertThat(held().holds()).extracting(Hold::version).containsExactly(V2);
  }

  @Test
  void pin_offersAndTakesThatVersionOnly() throws IOException {
    assertThat(holds().pin(Scope.USER, V1)).isTrue();
    assertThat(holds().pin(Scope.USER, V1)).isFalse();

    assertThat(held().isOffered(V1)).isTrue();
    assertThat(held().notOffered(V2)).contains("pinned to v1");
    assertThat(held().refusal(V1)).isEmpty();
    assertThat(held().refusal(V2).orElseThrow().nextCommand()).contains("stravinsky unpin");
    assertThat(holds().unpin(Scope.USER)).isTrue();
    assertThat(holds().unpin(Scope.USER)).isFalse();
    assertThat(held().isOffered(V2)).isTrue();
    assertThat(changes()).containsExactly("pin v1", "unpin v1");
  }

  @Test
  void scopes_eachHasItsOwn() throws IOException {
    Scope project = Scope.project(sandbox.project());
    holds().hold(project, V2, NONE);
    holds().pin(Scope.USER, V1);

    assertThat(held().holds()).isEmpty();
    HeldVersions projects = holds().of(project);
    assertThat(projects.pin()).isEmpty();
    assertThat(projects.refusal(V2).orElseThrow().nextCommand())
        .contains("stravinsky unhold v2 --scope project");
    assertThat(holds().clear(Scope.USER)).isTrue();
    assertThat(holds().clear(Scope.USER)).isFalse();
    assertThat(holds().of(project).holds()).hasSize(1);
  }

  @Test
  void hold_anotherCommandHoldsTheLock_saysSoAndChangesNothing() throws IOException {
    sandbox.settings("{\"safety\": {\"lock_timeout_seconds\": 0}}");
    try (Lease lock = sandbox.otherProcess().transactions().lock(List.of(), LockMode.EXCLUSIVE)) {
      assertThatThrownBy(() -> sandbox.services().holds().hold(Scope.USER, V1, NONE))
          .isInstanceOf(LockHeldException.class);
    }
    assertThat(sandbox.home().holds()).doesNotExist();
  }

  @Test
  void file_damagedOrNewer_isToldAndNotReplacedButByClear() throws IOException {
    sandbox.write(sandbox.home().holds(), "{\"format\": 2}");
    assertThatThrownBy(this::held).isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> holds().clear(Scope.USER)).isInstanceOf(RefusedException.class);
    assertThat(sandbox.home().holds()).hasContent("{\"format\": 2}");

    sandbox.write(sandbox.home().holds(), "{\"format\": 1,\n \"scopes\": {");
    assertThatThrownBy(() -> holds().hold(Scope.USER, V1, NONE))
        .isInstanceOfSatisfying(
            DamagedException.class,
            e ->
                assertThat(e.problems().getFirst().nextCommand())
                    .contains("stravinsky unhold --all"))
        .hasMessageContaining("holds.json");
    assertThat(holds().clear(Scope.USER)).isTrue();
    assertThat(held().holds()).isEmpty();
  }

  @Test
  void of_anyBitFlipped_isToldOrTheSame() throws IOException {
    holds().hold(Scope.USER, V2, NONE);
    holds().pin(Scope.USER, V1);
    HeldVersions before = held();
    byte[] good = Files.readAllBytes(sandbox.home().holds());

    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(sandbox.home().holds(), bad);
      try {
        assertThat(sandbox.services().holds().of(Scope.USER)).as("bit %d", bit).isEqualTo(before);
      } catch (StravinskyException e) {
        assertThat(e).hasMessageContaining("holds.json");
      }
    }
  }

  /** What the trail says of the user's changes, oldest first. */
  private List<String> changes() throws IOException {
    EventQuery query = EventQuery.ALL.withType(EventType.HOLD_CHANGED);
    return sandbox.services().audit().query(query).reversed().stream()
        .map(AuditEvent::content)
        .map(event -> event.details().get("change") + " " + event.version().orElse(""))
        .toList();
  }
}
