package dev.stravinsky.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.transaction.Transactions.Recovered;
import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.InstalledSandbox;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FaultPlan.Verdict;
import dev.stravinsky.testkit.fs.FileOperation;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import dev.stravinsky.testkit.fs.ProcessKilledError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a person did between a crash and the next command, and what programs did in between. */
final class CrashedUpdateTest extends InstalledSandbox {
  private static final String THEIRS = "#!/bin/sh\n# edited after the crash\nexit 0\n";

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  /** Every file but the settings is new when it dies. */
  private void crash() throws IOException {
    update(firstRelease(), "v1");
    secondRelease();
    sandbox.faults().plan(o -> swapsSettings(o) ? new Verdict.Die() : new Verdict.Proceed());
    assertThatThrownBy(() -> update(release("v2"), "v2")).isInstanceOf(ProcessKilledError.class);
    sandbox.restartAfterKill();
  }

  private boolean swapsSettings(FileOperation operation) {
    return operation.kind() == Kind.EXCHANGE
        && operation.other().filter(p -> p.endsWith("settings.json")).isPresent();
  }

  private List<Backup> safeguards() throws IOException {
    return sandbox.services().backups().list(Scope.USER).stream()
        .filter(b -> b.manifest().reason() == BackupReason.PRE_RECOVERY)
        .toList();
  }

  private List<AuditEvent> events(EventType type) throws IOException {
    return sandbox.services().audit().query(EventQuery.ALL.withType(type));
  }

  @Test
  void resume_nothingChangedSince_noBackupIsMade() throws IOException {
    crash();
    Recovered ended = sandbox.services().updater().resume(Scope.USER).ended().getFirst();
    assertThat(ended.foreign()).isEmpty();
    assertThat(ended.saved()).isEmpty();
    assertThat(ended.notes()).isEmpty();
    assertThat(safeguards()).isEmpty();
    assertThat(releasedHook()).content().contains("one");
  }

  @Test
  void resume_fileEditedSince_savedNamedAndKeptLive() throws IOException {
    crash();
    sandbox.write(releasedHook(), THEIRS);

    Recovered ended = sandbox.services().updater().resume(Scope.USER).ended().getFirst();

    assertThat(ended.finished()).isFalse();
    assertThat(ended.foreign()).containsExactly(releasedHook());
    assertThat(ended.saved().orElseThrow().value()).isEqualTo("v1.pre_recovery");
    assertThat(releasedHook()).hasContent(THEIRS);
    assertThat(sandbox.claude().resolve("settings.json")).hasContent(settings("one"));
    assertThat(sandbox.services().conflicts().list())
        .singleElement()
        .satisfies(c -> assertThat(c.theirs()).content().contains("one"));
    assertThat(safeguards()).singleElement().satisfies(this::holdsTheirs);
    assertThat(events(EventType.CRASH_RECOVERED))
        .singleElement()
        .satisfies(
            e -> assertThat(e.content().details()).containsEntry("saved", "v1.pre_recovery"));
  }

  private void holdsTheirs(Backup backup) throws IOException {
    try (Stream<BackupEntry> all = backup.entries()) {
      BackupEntry entry =
          all.filter(e -> e.path().name().equals("guard.sh")).findFirst().orElseThrow();
      try (Backup.Extraction extraction = backup.extract(List.of(entry))) {
        assertThat(extraction.content(entry).orElseThrow()).hasContent(THEIRS);
      }
    }
  }

  @Test
  void resume_killedAfterTheBackup_theNextMakesNoSecondOne() throws IOException {
    crash();
    sandbox.write(releasedHook(), THEIRS);
    sandbox
        .faults()
        .plan(o -> o.kind() == Kind.EXCHANGE ? new Verdict.Die() : new Verdict.Proceed());
    assertThatThrownBy(() -> sandbox.services().updater().resume(Scope.USER).ended())
        .isInstanceOf(ProcessKilledError.class);
    sandbox.restartAfterKill();
    assertThat(safeguards()).hasSize(1);

    Recovered ended = sandbox.services().updater().resume(Scope.USER).ended().getFirst();

    assertThat(ended.saved().orElseThrow().value()).isEqualTo("v1.pre_recovery");
    assertThat(safeguards()).hasSize(1);
    assertThat(releasedHook()).hasContent(THEIRS);
  }

  @Test
  void resume_backupCannotBeMade_theirsIsKeptAllTheSameAndSaidSo() throws IOException {
    crash();
    sandbox.write(releasedHook(), THEIRS);
    sandbox
        .faults()
        .plan(
            FaultPlan.failWhere(
                o ->
                    o.kind() == Kind.MAKE_DIRECTORY
                        && o.path().startsWith(sandbox.home().backups()),
                Errno.ENOSPC));

    Recovered ended = sandbox.services().updater().resume(Scope.USER).ended().getFirst();

    assertThat(ended.saved()).isEmpty();
    assertThat(ended.notes()).singleElement().asString().contains("could not be backed up");
    assertThat(ended.foreign()).containsExactly(releasedHook());
    assertThat(releasedHook()).hasContent(THEIRS);
  }

  @Test
  void backup_pendingOnesThatAKillLeft_goExceptThoseOfAnOpenTransaction() throws IOException {
    update(firstRelease(), "v1");
    Path dead = sandbox.home().backups().resolve(".pending-dead");
    sandbox.write(dead.resolve("manifest.json"), "{}");
    Path building = sandbox.home().backups().resolve(".building-dead");
    sandbox.write(building.resolve("hooks.tar.gz"), "half");
    sandbox.services().updater().backup(Scope.USER, Progress.NONE);
    assertThat(dead).doesNotExist();
    assertThat(building).doesNotExist();

    // A project that is away keeps its transaction open, and what belongs to it.
    String project = sandbox.project().resolve("away").toString();
    byte[] header =
        ("{\"state\":\"STAGING\",\"format\":1,\"id\":\"open\",\"kind\":\"update\",\"started\":"
                + "\"2026-01-01T00:00:00Z\",\"scope\":\"project:x\",\"project\":\"file://"
                + project
                + "\",\"attributes\":{},\"targets\":[],\"bases\":[]}")
            .getBytes(StandardCharsets.UTF_8);
    sandbox.write(sandbox.home().journal().resolve("open.journal"), record(header), 0600);
    Path open = sandbox.home().backups().resolve(".pending-open");
    sandbox.write(open.resolve("manifest.json"), "{}");
    sandbox.restart().services().updater().backup(Scope.USER, Progress.NONE);
    assertThat(open).exists();
  }

  /** As the journal's documentation has it. */
  private static byte[] record(byte[] payload) {
    ByteBuffer head = ByteBuffer.allocate(2 * Integer.BYTES).putInt(0).putInt(payload.length);
    MessageDigest digest = Sha256.newDigest();
    digest.update(head.array());
    byte[] sum = digest.digest(payload);
    return ByteBuffer.allocate(3 * Integer.BYTES + sum.length + payload.length)
        .putInt(0x5354524a)
        .put(head.flip())
        .put(sum)
        .put(payload)
        .array();
  }

  @Test
  void update_diskFullFromTheSwapOn_theReserveCarriesItThrough() throws IOException {
    update(firstRelease(), "v1");
    secondRelease();
    sandbox.restart();
    AtomicBoolean swapping = new AtomicBoolean();
    sandbox
        .faults()
        .plan(
            o -> {
              swapping.compareAndSet(false, o.kind() == Kind.EXCHANGE);
              boolean full = swapping.get() && o.kind().takesSpace() && hasReserve();
              return full ? new Verdict.Fail(Errno.ENOSPC) : new Verdict.Proceed();
            });

    UpdateResult result = update(release("v2"), "v2");

    assertThat(sandbox.faults().injected()).isPositive();
    assertThat(result)
        .isInstanceOfSatisfying(
            UpdateResult.Updated.class, updated -> assertThat(updated.warnings()).isEmpty());
    assertThat(events(EventType.UPDATE_SUCCESS)).hasSize(2);
    assertThat(hasReserve()).isFalse();
    sandbox.faults().plan(FaultPlan.NONE);
    sandbox.restart();
    undo();
    assertThat(hasReserve()).isTrue();
  }

  /** Past the plan, which is asking. */
  private boolean hasReserve() {
    try {
      return sandbox.faults().undisturbed(() -> Files.exists(sandbox.home().reserve()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void resume_killedBeforeTheReleasesFileWasSetAside_itIsSetAsideThen() throws IOException {
    update(firstRelease(), "v1");
    Path command = sandbox.claude().resolve("commands/review.md");
    sandbox.write(command, "My own words.\n");
    secondRelease();
    sandbox
        .faults()
        .plan(
            o ->
                o.kind().changes() && o.path().startsWith(sandbox.home().conflicts())
                    ? new Verdict.Die()
                    : new Verdict.Proceed());
    assertThatThrownBy(() -> update(release("v2"), "v2")).isInstanceOf(ProcessKilledError.class);
    sandbox.restartAfterKill();

    sandbox.services().updater().resume(Scope.USER);

    assertThat(sandbox.services().installed().current(Scope.USER).value()).isEqualTo("v2");
    assertThat(command).hasContent("My own words.\n");
    assertThat(sandbox.services().conflicts().list())
        .singleElement()
        .satisfies(c -> assertThat(c.live()).isEqualTo(command))
        .satisfies(c -> assertThat(c.theirs()).hasContent("Review this, edition two.\n"));
  }

  @Test
  void update_lateWriteToAReplacedFile_isSetAsideAndInTheTrailOnce() throws IOException {
    update(firstRelease(), "v1");
    secondRelease();
    try (FileChannel late = FileChannel.open(releasedHook(), StandardOpenOption.WRITE)) {
      sandbox
          .faults()
          .plan(
              o -> {
                if (swapsSettings(o)) {
                  write(late, "late write");
                }
                return new Verdict.Proceed();
              });
      assertThat(update(release("v2"), "v2")).isInstanceOf(UpdateResult.Updated.class);
    }
    List<AuditEvent> told = events(EventType.LATE_WRITE);
    assertThat(told).hasSize(1);
    var details = told.getFirst().content().details();
    assertThat(details.get("file")).isEqualTo(releasedHook().toString());
    assertThat(sandbox.services().conflicts().list())
        .singleElement()
        .satisfies(c -> assertThat(c.theirs().toString()).isEqualTo(details.get("kept")))
        .satisfies(c -> assertThat(Files.readString(c.theirs())).startsWith("late write"));
  }

  private void write(FileChannel late, String text) {
    try {
      sandbox
          .faults()
          .undisturbed(() -> late.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
