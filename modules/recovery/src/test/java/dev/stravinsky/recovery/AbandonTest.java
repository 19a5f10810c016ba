package dev.stravinsky.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.recovery.Diagnosis;
import dev.stravinsky.api.recovery.Recovery.Abandoned;
import dev.stravinsky.api.recovery.Recovery.Options;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.InstalledSandbox;
import dev.stravinsky.testkit.fs.FaultPlan.Verdict;
import dev.stravinsky.testkit.fs.FileOperation;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import dev.stravinsky.testkit.fs.ProcessKilledError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Updates that were killed, and then examined, mended or closed by the emergency procedure. */
final class AbandonTest extends InstalledSandbox {
  private static final int SECTOR_BYTES = 512;
  private static final int MAGIC = 0x53_54_52_4a;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  /** Kills the update to v2 in place of the first operation that matches. */
  private String killed(Predicate<FileOperation> at) throws IOException {
    update(firstRelease(), "v1");
    secondRelease();
    sandbox.faults().plan(o -> at.test(o) ? new Verdict.Die() : new Verdict.Proceed());
    assertThatThrownBy(() -> update(release("v2"), "v2")).isInstanceOf(ProcessKilledError.class);
    sandbox.restartAfterKill();
    return sandbox.services().transactions().interrupted().getFirst().id();
  }

  private String killedInTheSwap() throws IOException {
    return killed(
        o ->
            o.kind() == Kind.EXCHANGE
                && o.other().filter(p -> p.endsWith("settings.json")).isPresent());
  }

  /** The commit is forced; the new version's backup is still hidden. */
  private String killedAfterTheCommit() throws IOException {
    return killed(
        o -> o.kind() == Kind.RENAME && o.path().getFileName().toString().startsWith(".pending-"));
  }

  private Abandoned abandon(String id) throws IOException {
    return sandbox.services().recovery().abandon(id);
  }

  private void damageRecord(String id, int number) throws IOException {
    Path journal = sandbox.home().journal().resolve(id + ".journal");
    byte[] bytes = Files.readAllBytes(journal);
    int found = -1;
    for (int at = 0; at < bytes.length; at += SECTOR_BYTES) {
      if (ByteBuffer.wrap(bytes).getInt(at) == MAGIC && ++found == number) {
        bytes[at + 100] ^= 1;
      }
    }
    assertThat(found).as("records").isGreaterThan(number);
    sandbox.write(journal, bytes, 0600);
    sandbox.restart();
  }

  private Diagnosis examine(boolean apply) throws IOException {
    return sandbox.restart().services().recovery().emergency(Scope.USER, apply);
  }

  @Test
  void emergency_interrupted_isNamedAndUndone() throws IOException {
    String id = killedInTheSwap();

    assertThat(examine(false).problems())
        .anySatisfy(
            p -> {
              assertThat(p.message()).contains("the update " + id + " was interrupted");
              assertThat(p.nextCommand()).contains("stravinsky recovery emergency --apply");
            });
    assertThat(examine(true).done()).contains("undid the interrupted update " + id);
    assertThat(releasedHook()).content().contains("one");
    assertThat(examine(false).problems()).isEmpty();
  }

  @Test
  void emergency_journalDamaged_isNamedWithTheCommandThatClosesIt() throws IOException {
    String id = killedInTheSwap();
    damageRecord(id, 1);

    for (boolean apply : List.of(false, true)) {
      assertThat(examine(apply).problems())
          .extracting(p -> p.nextCommand().orElse(""))
          .contains("stravinsky recovery emergency --abandon " + id);
    }
    assertThat(sandbox.home().journal().resolve(id + ".journal")).exists();
  }

  @Test
  void abandon_inTheSwap_keepsBothSidesAndTheTrailTellsOfIt() throws IOException {
    String id = killedInTheSwap();

    Abandoned closed = abandon(id);

    assertThat(closed.sides()).anySatisfy(side -> assertThat(side).content().contains("one"));
    assertThat(closed.backup()).as("of a version that never came into force").isEmpty();
    List<AuditEvent> events =
        sandbox.services().audit().query(EventQuery.ALL.withType(EventType.RECOVERY_ATTEMPT));
    assertThat(events)
        .singleElement()
        .satisfies(
            e -> assertThat(e.content().details()).containsEntry("abandoned", "update " + id));
    assertThat(sandbox.services().audit().verify(java.util.Optional.empty()).intact()).isTrue();
  }

  @Test
  void abandon_committed_publishesTheNewVersionsBackup() throws IOException {
    String id = killedAfterTheCommit();

    Abandoned closed = abandon(id);

    assertThat(closed.backup()).contains("v2");
    sandbox.services().updater().resume(Scope.USER); // Sweeps what belongs to nobody.
    Backup kept = sandbox.services().backups().find(Scope.USER, new BackupId("v2")).orElseThrow();
    assertThat(
            sandbox.services().backups().verify(kept, new Depth.Unpacked(), Progress.NONE).intact())
        .isTrue();
  }

  @Test
  void abandon_committedAndItsBackupIsDamaged_keepsItInQuarantine() throws IOException {
    String id = killedAfterTheCommit();
    Path pending = sandbox.home().backups().resolve(".pending-" + id);
    Files.writeString(pending.resolve("manifest.json"), "{");
    sandbox.restart();

    Abandoned closed = abandon(id);

    assertThat(closed.warnings()).extracting(Problem::kind).contains(ErrorKind.CORRUPTED_BACKUP);
    Path kept = sandbox.root().resolve(closed.backup().orElseThrow());
    assertThat(kept.startsWith(sandbox.home().quarantine())).isTrue();
    assertThat(kept.resolve("hooks.tar.gz")).exists();
  }

  @Test
  void abandon_nobodyKnowsWhetherItWasCommitted_keepsTheBackupWhereItCanBeHad() throws IOException {
    String id = killedAfterTheCommit();
    damageRecord(id, 1);

    Abandoned closed = abandon(id);

    assertThat(closed.backup().orElseThrow())
        .contains(sandbox.home().quarantine().toString())
        .contains("v2");
    Files.delete(releasedHook());
    sandbox
        .services()
        .recovery()
        .version("v2", new Options(Scope.USER, false, true, Progress.NONE));
    assertThat(releasedHook()).content().contains("two");
  }
}
