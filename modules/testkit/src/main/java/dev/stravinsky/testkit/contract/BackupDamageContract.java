package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.api.backup.VerificationReport;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
