package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.Origin;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.BackupManifest;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.Difference;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.testkit.SandboxClock;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store must do when it makes, finds and compares backups. */
public abstract class BackupStoreContract extends BackupContract {

  @Test
  void create_aBackup_isInTheTrailWithItsDuration() throws IOException {
    someFiles();
    backUp("v1");
    store().createPending("tx1", request("v2", BackupReason.INSTALLED), Progress.NONE);
    store().publish("tx1");

    assertThat(sandbox.services().audit().query(EventQuery.ALL))
        .hasSize(2)
        .allSatisfy(
            event -> {
              assertThat(event.content().duration()).isPresent();
              BigDecimal readBack = new BigDecimal(event.content().details().get("verify_seconds"));
              assertThat(readBack).isPositive();
              assertThat(event.content().duration().get().toNanos())
                  .isGreaterThan(readBack.movePointRight(9).longValue());
            });
  }

  @Test
  void create_someFiles_manifestSaysWhatItIs() throws IOException {
    someFiles();

    Backup backup = backUp("v1");

    BackupManifest manifest = backup.manifest();
    assertThat(backup.id()).isEqualTo(new BackupId("v1"));
    assertThat(backup.directory()).isEqualTo(sandbox.home().backups().resolve("v1"));
    assertThat(manifest.scope()).isEqualTo(Scope.USER);
    assertThat(manifest.timestamp()).isBetween(SandboxClock.START, sandbox.clock().instant());
    assertThat(manifest.roots())
        .contains(new BackupManifest.Root("hooks", Scope.USER, hooks(), List.of()));
    assertThat(manifest.archives().stream().map(BackupManifest.Archive::path))
        .contains("hooks.tar.gz", "settings.tar.gz");
    assertThat(manifest.filesCount()).isEqualTo(4);
    assertThat(sandbox.restart().services().backups().list(Scope.USER).getFirst().manifest())
        .isEqualTo(manifest);
  }

  @Test
  void create_filesOfEveryKind_entriesAreAsOnDisk() throws IOException {
    someFiles();
    Instant time = Instant.parse("2020-02-03T04:05:06.123456789Z");
    Files.setLastModifiedTime(hooks().resolve("guard.py"), FileTime.from(time));
    Files.createDirectory(hooks().resolve("empty"));
    Files.createSymbolicLink(hooks().resolve("link"), hooks().getFileSystem().getPath("guard.py"));
    Files.createSymbolicLink(hooks().resolve("lost"), hooks().getFileSystem().getPath("../no/é"));
    Files.createLink(hooks().resolve("second-name.py"), hooks().resolve("guard.py"));
    sandbox.write(hooks().resolve("big.bin"), new byte[300_000], 0600);
    sandbox.write(hooks().resolve("l".repeat(120)).resolve("n".repeat(200)), "long\n");

    Backup backup = backUp("v1");

    for (BackupEntry entry : entries(backup)) {
      Path root = entry.target().equals("hooks") ? hooks() : sandbox.claude();
      Path live = entry.path().resolveIn(root);
      assertThat(entry.state()).as(entry.toString()).isEqualTo(EntryStates.of(live));
    }
    assertThat(entries(backup)).hasSize(11);
    assertThat(entry(backup, "guard.py").modified())
        .isEqualTo(Files.getLastModifiedTime(hooks().resolve("guard.py")).toInstant());
  }

  @Test
  void create_always_isPrivate() throws IOException {
    someFiles();

    Backup backup = backUp("v1");

    assertThat(FileModes.of(backup.directory())).isEqualTo(0700);
    try (Stream<Path> files = Files.list(backup.directory())) {
      for (Path file : files.toList()) {
        assertThat(FileModes.of(file)).as(file.toString()).isEqualTo(0600);
      }
    }
  }

  @Test
  void create_sameContentAgain_givesTheSameBackup() throws IOException {
    someFiles();
    Backup first = backUp("v1");

    Backup second = backUp("v1", BackupReason.PRE_UPDATE);

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(store().list(Scope.USER)).hasSize(1);
  }

  @Test
  void create_otherContentOfTheSameLength_givesTheNextNumber() throws IOException {
    someFiles();
    backUp("v1");
    sandbox.write(hooks().resolve("lib").resolve("common.py"), "x = 2\n");

    assertThat(backUp("v1").id().value()).isEqualTo("v1@2");
    sandbox.write(hooks().resolve("new.py"), "");
    assertThat(backUp("v1").id().value()).isEqualTo("v1@3");
    assertThat(store().list(Scope.USER).stream().map(b -> b.id().value()))
        .containsExactly("v1@3", "v1@2", "v1");
  }

  @Test
  void create_otherOrigins_isOtherContent() throws IOException {
    someFiles();
    backUp("v1");
    List<TargetView> released = views().stream().map(v -> v.withOrigins(path -> true)).toList();

    Backup second =
        store().create(request(Scope.USER, "v1", BackupReason.MANUAL, released), Progress.NONE);

    assertThat(second.id().value()).isEqualTo("v1@2");
    assertThat(entry(second, "guard.py").origin()).isEqualTo(Origin.RELEASE);
  }

  @Test
  void create_sameContentButDamaged_makesANewOne() throws IOException {
    someFiles();
    damage(backUp("v1"));

    assertThat(backUp("v1").id().value()).isEqualTo("v1@2");
  }

  @Test
  void create_sameContentButDamagedAndATimeIsAnother_makesANewOne() throws IOException {
    someFiles();
    damage(backUp("v1"));
    Path file = sandbox.claude().resolve("settings.json");
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));

    assertThat(backUp("v1").id().value()).isEqualTo("v1@2");
  }

  @Test
  void create_beforeRollback_isAlwaysMade() throws IOException {
    someFiles();
    backUp("v1");

    assertThat(backUp("v1", BackupReason.PRE_ROLLBACK).id().value()).isEqualTo("v1.pre_rollback");
    assertThat(backUp("v1", BackupReason.PRE_ROLLBACK).id().value()).isEqualTo("v1.pre_rollback@2");
  }

  @Test
  void create_always_isInTheTrailWithTheManifestsChecksum() throws IOException {
    someFiles();
    Backup backup = backUp("v1");

    var events =
        sandbox.services().audit().query(EventQuery.ALL.withType(EventType.BACKUP_CREATED));

    assertThat(events).hasSize(1);
    assertThat(events.getFirst().content().details())
        .containsEntry(
            "manifest_sha256",
            EntryStates.regular(backup.directory().resolve("manifest.json")).sha256().hex());
  }

  @Test
  void create_linkToFileElsewhere_hasItsContentToo() throws IOException {
    Path dotfile = sandbox.write(sandbox.userHome().resolve("dotfiles/guard.py"), "theirs\n");
    Files.createDirectories(hooks());
    Files.createSymbolicLink(hooks().resolve("guard.py"), dotfile);

    Backup backup = backUp("v1");

    BackupEntry entry = entry(backup, "guard.py");
    assertThat(entry.state()).isInstanceOf(EntryState.Link.class);
    assertThat(entry.linked()).contains(EntryStates.regular(dotfile));
    try (Backup.Extraction extraction = backup.extract(List.of(entry))) {
      assertThat(extraction.content(entry).orElseThrow()).hasContent("theirs\n");
    }
  }

  @Test
  void create_projectScope_isKeptApart() throws IOException {
    someFiles();
    sandbox.write(projectHooks().root().resolve("p.py"), "p\n");
    Scope project = projectHooks().scope();

    Backup backup =
        store()
            .create(
                request(
                    project, "v1", BackupReason.MANUAL, List.of(TargetWalk.live(projectHooks()))),
                Progress.NONE);

    assertThat(backup.directory().startsWith(sandbox.home().projectBackups())).isTrue();
    assertThat(store().list(Scope.USER)).isEmpty();
    assertThat(store().list(project)).extracting(Backup::id).containsExactly(backup.id());
    assertThat(store().list(project).getFirst().manifest().scope()).isEqualTo(project);
  }

  @Test
  void publish_pending_makesItVisibleOnce() throws IOException {
    someFiles();
    Backup pending =
        store().createPending("tx1", request("v2", BackupReason.INSTALLED), Progress.NONE);
    assertThat(store().list(Scope.USER)).isEmpty();

    assertThat(store().publish("tx1").orElseThrow().id()).isEqualTo(pending.id());
    assertThat(store().publish("tx1").orElseThrow().id()).isEqualTo(pending.id());
    assertThat(store().list(Scope.USER)).hasSize(1);
    assertThat(store().publish("other")).isEmpty();
  }

  @Test
  void discardPending_always_leavesNothing() throws IOException {
    someFiles();
    store().createPending("tx1", request("v2", BackupReason.INSTALLED), Progress.NONE);

    store().discardPending("tx1");
    store().discardPending("tx1");

    assertThat(store().publish("tx1")).isEmpty();
    try (Stream<Path> left = Files.list(sandbox.home().backups())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void extract_someEntries_givesTheirContent() throws IOException {
    someFiles();
    sandbox.write(hooks().resolve("big.bin"), new byte[5_000_000], 0600);
    Backup backup = backUp("v1");
    List<BackupEntry> entries = entries(backup);

    Path staged;
    try (Backup.Extraction extraction = backup.extract(entries)) {
      for (BackupEntry entry : entries) {
        if (entry.state() instanceof EntryState.Regular file) {
          staged = extraction.content(entry).orElseThrow();
          assertThat(EntryStates.regular(staged).sha256()).isEqualTo(file.sha256());
        } else {
          assertThat(extraction.content(entry)).isEmpty();
        }
      }
    }
    try (Stream<Path> left = Files.list(sandbox.home().staging())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void find_unknownId_isEmpty() throws IOException {
    assertThat(store().find(Scope.USER, new BackupId("v9"))).isEmpty();
    assertThat(store().list(Scope.USER)).isEmpty();
  }

  @Test
  void resolve_version_givesItsNewestButNoSafeguard() throws IOException {
    someFiles();
    backUp("v1");
    sandbox.write(hooks().resolve("guard.py"), "changed\n");
    Backup newest = backUp("v1");
    sandbox.write(hooks().resolve("guard.py"), "broken\n");
    Backup safeguard = backUp("v1", BackupReason.PRE_ROLLBACK);

    assertThat(store().resolve(Scope.USER, "v1").id()).isEqualTo(newest.id());
    assertThat(store().resolve(Scope.USER, "v1.pre_rollback").id()).isEqualTo(safeguard.id());
    assertThatThrownBy(() -> store().resolve(Scope.USER, "v7"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("v1");
  }

  @Test
  void compare_backups_namesWhatDiffers() throws IOException {
    someFiles();
    Backup before = backUp("v1");
    sandbox.write(hooks().resolve("guard.py"), "other\n".getBytes(), 0755);
    sandbox.write(hooks().resolve("added.py"), "");
    Files.delete(hooks().resolve("lib").resolve("common.py"));
    Backup after = backUp("v2");

    List<Difference> differences = store().compare(before, after);

    assertThat(differences.stream().map(d -> d.path().readable()))
        .containsExactly("added.py", "guard.py", "lib/common.py");
    assertThat(store().compare(before, views())).isEqualTo(differences);
    assertThat(store().compare(after, views())).isEmpty();
    assertThat(after.entry("hooks", "global", EntryPath.of("lib/common.py")))
        .isEqualTo(Optional.empty());
  }
}
