package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.AuditTrail;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailStatistics;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.api.backup.VerificationReport;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store must do with backups that are not what was written. */
public abstract class BackupDamageContract extends BackupContract {
  private static final List<Depth> DEPTHS =
      List.of(new Depth.Stored(), new Depth.Unpacked(), new Depth.Sample(50));

  private VerificationReport verify(Backup backup) throws IOException {
    return store().verify(backup, new Depth.Stored(), Progress.NONE);
  }

  @Test
  void verify_intact_everyDepthSaysSo() throws IOException {
    someFiles();
    Backup backup = backUp("v1");

    for (Depth depth : DEPTHS) {
      VerificationReport report = store().verify(backup, depth, Progress.NONE);
      assertThat(report.damage()).isEmpty();
      assertThat(report.bytesRead()).isGreaterThanOrEqualTo(backup.manifest().sizeBytes());
    }
    assertThat(store().verify(backup, new Depth.Unpacked(), Progress.NONE).entriesUnpacked())
        .isEqualTo(4);
  }

  @Test
  void verify_bitTurned_namesArchiveEntryAndBytes() throws IOException {
    someFiles();
    Backup backup = backUp("v1");
    damage(backup);

    for (Depth depth : DEPTHS) {
      VerificationReport report = store().verify(backup, depth, Progress.NONE);
      assertThat(report.intact()).isFalse();
      assertThat(report.damage().getFirst().located())
          .contains("hooks.tar.gz")
          .contains("guard.py")
          .containsPattern("bytes \\d+ to \\d+");
    }
  }

  @Test
  void verifyOnRecord_intactAndDamaged_areInTheTrailAndItsFigures() throws IOException {
    someFiles();
    Backup backup = backUp("v1");
    AuditTrail trail = sandbox.services().audit();
    long before = trail.head().seq();

    assertThat(store().verifyOnRecord(backup, new Depth.Unpacked(), Progress.NONE).intact())
        .isTrue();
    damage(backup);
    assertThat(store().verifyOnRecord(backup, new Depth.Stored(), Progress.NONE).intact())
        .isFalse();
    verify(backup);

    List<EventDraft> told =
        trail.query(EventQuery.ALL.withType(EventType.BACKUP_VERIFIED)).stream()
            .map(AuditEvent::content)
            .toList();
    assertThat(trail.head().seq()).as("two events").isEqualTo(before + 2);
    assertThat(told).hasSize(2).allSatisfy(event -> assertThat(event.duration()).isPresent());
    assertThat(told.get(1).status()).isEqualTo(EventStatus.SUCCESS);
    assertThat(told.get(1).error()).isEmpty();
    assertThat(told.get(1).version()).contains("v1");
    assertThat(told.get(1).details())
        .containsEntry("backup", "v1")
        .containsEntry("depth", "unpacked")
        .containsEntry("files_unpacked", "4")
        .containsEntry("damages", "0");
    assertThat(told.get(0).status()).isEqualTo(EventStatus.FAILED);
    assertThat(told.get(0).error().orElse("")).contains("hooks.tar.gz", "guard.py");
    assertThat(told.get(0).details()).containsEntry("damages", "1");
    // One of them is the reading back when it was made.
    TrailStatistics statistics = trail.statistics(Instant.EPOCH);
    assertThat(statistics.durations().get(EventType.BACKUP_VERIFIED).count()).isEqualTo(3);
    assertThat(statistics.count(EventType.BACKUP_VERIFIED)).isEqualTo(2);
  }

  @Test
  void verifyOnRecord_trailCannotBeWritten_answersAndIsWrittenLate() throws IOException {
    assumeTrue(sandbox.isInMemory(), "needs a file system that fails");
    someFiles();
    Backup backup = backUp("v1");
    Path audit = sandbox.home().audit();
    sandbox
        .faults()
        .plan(
            FaultPlan.failWhere(
                o -> o.path().startsWith(audit) && o.kind().changes(), Errno.EROFS));

    assertThat(store().verifyOnRecord(backup, new Depth.Stored(), Progress.NONE).intact()).isTrue();

    sandbox.faults().plan(FaultPlan.NONE);
    sandbox.restart();
    assertThat(sandbox.services().audit().query(EventQuery.ALL.withType(EventType.BACKUP_VERIFIED)))
        .singleElement()
        .satisfies(event -> assertThat(event.content().details()).containsEntry("late", "true"));
  }

  @Test
  void verify_anyFileMissing_isDamage() throws IOException {
    someFiles();
    Backup backup = backUp("v1");
    List<Path> files;
    try (Stream<Path> all = Files.list(backup.directory())) {
      files = all.toList();
    }
    for (Path file : files) {
      byte[] content = Files.readAllBytes(file);
      Files.delete(file);
      assertThat(verify(backup).intact()).as(file + " deleted").isFalse();
      Files.write(file, content);
    }
    assertThat(verify(backup).intact()).isTrue();
  }

  @Test
  void verify_manifestAndSumsForged_trailKnows() throws IOException {
    someFiles();
    Backup backup = backUp("v1");
    Path manifest = backup.directory().resolve("manifest.json");
    Path sums = backup.directory().resolve("SHA256SUMS");
    String before = dev.stravinsky.api.EntryStates.regular(manifest).sha256().hex();
    Files.writeString(manifest, Files.readString(manifest).replace("\"manual\"", "\"pre_update\""));
    String after = dev.stravinsky.api.EntryStates.regular(manifest).sha256().hex();
    Files.writeString(sums, Files.readString(sums).replace(before, after));

    assertThat(verify(backup).damage().getFirst().located()).contains("trail");
  }

  @Test
  void verify_folderRenamed_isDamage() throws IOException {
    someFiles();
    Backup backup = backUp("v1");
    Files.move(backup.directory(), backup.directory().resolveSibling("v2"));

    assertThat(store().list(Scope.USER)).isEmpty();
    assertThat(store().unreadable(Scope.USER)).hasSize(1);
    assertThatThrownBy(() -> store().find(Scope.USER, new BackupId("v2")))
        .isInstanceOf(DamagedException.class);
  }

  @Test
  void find_manifestNotJson_isDamageAndOthersAreListed() throws IOException {
    someFiles();
    backUp("v1");
    Backup second = backUp("v2");
    Files.writeString(second.directory().resolve("manifest.json"), "{\"format\": 1, \"id\"");

    assertThat(store().list(Scope.USER)).extracting(b -> b.id().value()).containsExactly("v1");
    assertThat(store().unreadable(Scope.USER)).hasSize(1);
    assertThatThrownBy(() -> store().resolve(Scope.USER, "v2"))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("v1");
  }

  @Test
  void find_newerFormat_isRefusedWithASentence() throws IOException {
    someFiles();
    Backup backup = backUp("v1");
    Path manifest = backup.directory().resolve("manifest.json");
    Files.writeString(
        manifest, Files.readString(manifest).replace("\"format\": 1", "\"format\": 2"));

    assertThatThrownBy(() -> store().find(Scope.USER, backup.id()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("newer version");
  }

  @Test
  void find_unknownFields_arePassedOver() throws IOException {
    someFiles();
    Backup backup = backUp("v1");
    Path manifest = backup.directory().resolve("manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replace("\"format\": 1", "\"format\": 1, \"more\": {\"a\": [1, {\"b\": null}]}"));

    Backup found = store().find(Scope.USER, backup.id()).orElseThrow();

    assertThat(found.manifest()).isEqualTo(backup.manifest());
    assertThat(entries(found)).isEqualTo(entries(backup));
  }

  @Test
  void extract_damaged_namesTheEntriesAndLeavesNothing() throws IOException {
    someFiles();
    Backup backup = backUp("v1");
    damage(backup);

    assertThatThrownBy(() -> backup.extract(entries(backup)))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("guard.py");
    try (Stream<Path> left = Files.list(sandbox.home().staging())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void extract_pathLeadsOutOfTheTarget_isRefused() throws IOException {
    someFiles();
    Backup backup = backUp("v1");
    Path manifest = backup.directory().resolve("manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replace("hooks/global/guard.py", "hooks/global/../../../guard.py"));

    assertThatThrownBy(() -> entries(backup))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("../../../guard.py");
  }

  @Test
  void resolve_newestDamaged_givesTheNextOlderOfTheVersion() throws IOException {
    someFiles();
    Backup first = backUp("v1");
    sandbox.write(hooks().resolve("guard.py"), "changed\n");
    damage(backUp("v1"));

    assertThat(store().resolve(Scope.USER, "v1").id()).isEqualTo(first.id());
  }

  @Test
  void resolve_allDamaged_namesTheNextOlderIntactOne() throws IOException {
    someFiles();
    backUp("v1");
    sandbox.write(hooks().resolve("guard.py"), "changed\n");
    damage(backUp("v2"));

    assertThatThrownBy(() -> store().resolve(Scope.USER, "v2"))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("next older intact backup is v1");
  }

  @Test
  void quarantine_damaged_movesItAwayWithItsReport() throws IOException {
    someFiles();
    Backup backup = backUp("v1");
    damage(backup);

    Path where = store().quarantine(backup, verify(backup));

    assertThat(store().list(Scope.USER)).isEmpty();
    assertThat(where.startsWith(sandbox.home().quarantine())).isTrue();
    assertThat(where.resolve("manifest.json")).exists();
    assertThat(where.resolveSibling(where.getFileName() + ".txt"))
        .content()
        .contains("hooks.tar.gz");
  }
}
