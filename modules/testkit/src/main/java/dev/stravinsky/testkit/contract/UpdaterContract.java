package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.update.RollbackResult;
import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.testkit.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** What every {@link dev.stravinsky.api.update.Updater} must do. */
public abstract class UpdaterContract extends InstalledSandbox {

  @Test
  void update_firstRelease_installsItBesideTheUsersFiles() throws IOException {
    writeOwnHook();
    SortedMap<String, String> before = live();

    UpdateResult result = update(firstRelease(), "v1");

    assertThat(result).isInstanceOf(UpdateResult.Updated.class);
    List<String> wanted = new ArrayList<>(files(before));
    wanted.addAll(files(Tree.of(release("v1"))));
    assertThat(files(live())).containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(sandbox.services().installed().current(Scope.USER)).isEqualTo(new Version("v1"));
  }

  @Test
  void update_nextRelease_replacesAddsAndDeletes() throws IOException {
    update(firstRelease(), "v1");

    update(secondRelease(), "v2");

    assertThat(files(live())).isEqualTo(files(Tree.of(release("v2"))));
    assertThat(live().keySet()).isEqualTo(Tree.of(release("v2")).keySet());
  }

  @Test
  void update_sameReleaseAgain_isUpToDate() throws IOException {
    update(firstRelease(), "v1");
    SortedMap<String, String> before = live();

    assertThat(update(release("v1"), "v1")).isInstanceOf(UpdateResult.UpToDate.class);
    assertThat(live()).isEqualTo(before);
  }

  @Test
  void update_fileThatBothChanged_keepsTheUsersAndSetsTheNewOneAside() throws IOException {
    update(firstRelease(), "v1");
    sandbox.write(sandbox.claude().resolve("commands/review.md"), "My own words.\n");

    UpdateResult result = update(secondRelease(), "v2");

    assertThat(result)
        .isInstanceOfSatisfying(
            UpdateResult.Updated.class, updated -> assertThat(updated.conflicts()).hasSize(1));
    assertThat(sandbox.claude().resolve("commands/review.md")).hasContent("My own words.\n");
    assertThat(sandbox.services().conflicts().list())
        .singleElement()
        .satisfies(
            conflict -> assertThat(conflict.theirs()).hasContent("Review this, edition two.\n"));
  }

  @Test
  void update_settingsNotJson_isBlockedAndNothingChanges() throws IOException {
    update(firstRelease(), "v1");
    SortedMap<String, String> before = live();
    Path broken = secondRelease();
    sandbox.write(broken.resolve("settings.json"), "{ \"env\": ");

    UpdateResult result = update(broken, "v2");

    assertThat(result)
        .isInstanceOfSatisfying(
            UpdateResult.Blocked.class,
            blocked -> {
              assertThat(blocked.problems().getFirst().file())
                  .contains(sandbox.claude().resolve("settings.json"));
              assertThat(blocked.problems().getFirst().line()).isPresent();
            });
    assertThat(live()).isEqualTo(before);
    assertThat(events(EventType.UPDATE_BLOCKED)).isEqualTo(1);
    assertThat(checksNamedBy(EventType.UPDATE_BLOCKED)).contains("settings-schema");
  }

  @Test
  void update_settingsNameMissingHook_isBlocked() throws IOException {
    update(firstRelease(), "v1");
    SortedMap<String, String> before = live();
    Path broken = secondRelease();
    Files.delete(broken.resolve("hooks/guard.sh"));

    assertThat(update(broken, "v2")).isInstanceOf(UpdateResult.Blocked.class);
    assertThat(live()).isEqualTo(before);
  }

  @Test
  void update_dryRun_changesNothingAtAll() throws IOException {
    update(firstRelease(), "v1");
    secondRelease();
    SortedMap<String, String> before = everythingThatCounts();

    UpdateResult result =
        sandbox.services().updater().update(request(release("v2"), "v2", true), Progress.NONE);

    assertThat(result).isInstanceOf(UpdateResult.Planned.class);
    assertThat(everythingThatCounts()).isEqualTo(before);
  }

  @Test
  void update_done_leavesNoStagingBehind() throws IOException {
    update(firstRelease(), "v1");
    update(secondRelease(), "v2");

    assertThat(live().keySet()).noneMatch(path -> path.contains(".stravinsky-"));
    assertThat(Tree.of(sandbox.home().staging())).isEmpty();
    assertThat(sandbox.services().transactions().interrupted()).isEmpty();
  }

  @Test
  void undo_afterUpdates_goesBackOneByOne() throws IOException {
    writeOwnHook();
    SortedMap<String, String> untracked = live();
    update(firstRelease(), "v1");
    SortedMap<String, String> first = live();
    update(secondRelease(), "v2");

    assertThat(undo()).isInstanceOf(RollbackResult.Done.class);
    assertThat(live()).isEqualTo(first);
    assertThat(undo()).isInstanceOf(RollbackResult.Done.class);
    assertThat(files(live())).isEqualTo(files(untracked));
    assertThatThrownBy(this::undo).isInstanceOf(NotFoundException.class);
  }

  @Test
  void undo_userEditedReleasedFile_bringsTheEditBack() throws IOException {
    update(firstRelease(), "v1");
    Path command = sandbox.claude().resolve("commands/review.md");
    sandbox.write(command, "My own words.\n");
    Files.delete(secondRelease().resolve("commands/review.md"));
    update(release("v2"), "v2");

    undo();

    assertThat(command).hasContent("My own words.\n");
  }

  @Test
  void rollback_ownFileWrittenSince_staysAsItIs() throws IOException {
    update(firstRelease(), "v1");
    update(secondRelease(), "v2");
    writeOwnHook();

    rollbackTo("v1");

    assertThat(ownHook()).exists();
    assertThat(releasedHook()).content().contains("one");
  }

  @Test
  void rollback_exact_removesOwnFilesAndNamesTheBackupThatHasThem() throws IOException {
    update(firstRelease(), "v1");
    SortedMap<String, String> first = live();
    update(secondRelease(), "v2");
    writeOwnHook();

    RollbackResult result =
        sandbox.services().updater().rollbackTo("v1", rollback(true), Progress.NONE);

    assertThat(live()).isEqualTo(first);
    assertThat(result)
        .isInstanceOfSatisfying(
            RollbackResult.Done.class,
            done -> {
              assertThat(done.backup().value()).isEqualTo("v2.pre_rollback");
              assertThat(entryExists(done, "own.sh")).isTrue();
            });
  }

  @Test
  void rollbackTo_forwardAgain_givesTheLaterState() throws IOException {
    update(firstRelease(), "v1");
    update(secondRelease(), "v2");
    SortedMap<String, String> second = live();

    rollbackTo("v1");
    rollbackTo("v2");

    assertThat(live()).isEqualTo(second);
    assertThat(rollbackTo("v2")).isInstanceOf(RollbackResult.AlreadyThere.class);
  }

  @Test
  void rollbackTo_unknownVersion_saysSoAndChangesNothing() throws IOException {
    update(firstRelease(), "v1");
    SortedMap<String, String> before = live();

    assertThatThrownBy(() -> rollbackTo("v9")).isInstanceOf(NotFoundException.class);
    assertThat(live()).isEqualTo(before);
  }

  @Test
  void update_linkedSettings_writesAtTheEndOfTheLink() throws IOException {
    Path dotfiles = sandbox.write(sandbox.userHome().resolve("dotfiles/settings.json"), "{}\n");
    Path settings = sandbox.claude().resolve("settings.json");
    update(firstRelease(), "v1");
    Files.copy(settings, dotfiles, StandardCopyOption.REPLACE_EXISTING);
    Files.delete(settings);
    Files.createSymbolicLink(settings, dotfiles);

    update(secondRelease(), "v2");

    assertThat(Files.isSymbolicLink(settings)).isTrue();
    assertThat(dotfiles).hasContent(settings("two"));
    undo();
    assertThat(Files.isSymbolicLink(settings)).isTrue();
    assertThat(dotfiles).hasContent(settings("one"));
  }

  @Test
  void trail_afterUpdatesAndRollback_isIntactAndTellsOfThem() throws IOException {
    update(firstRelease(), "v1");
    update(secondRelease(), "v2");
    undo();

    assertThat(sandbox.services().audit().verify(Optional.empty()).intact()).isTrue();
    assertThat(events(EventType.UPDATE_SUCCESS)).isEqualTo(2);
    assertThat(events(EventType.MANUAL_ROLLBACK)).isEqualTo(1);
  }

  @Test
  void backup_twiceWithoutChange_isTheSameBackup() throws IOException {
    writeOwnHook();

    Backup one = sandbox.services().updater().backup(Scope.USER, Progress.NONE);
    Backup two = sandbox.services().updater().backup(Scope.USER, Progress.NONE);

    assertThat(two.id()).isEqualTo(one.id());
  }

  /** The trail's index can be thrown away, and the staging folder is emptied at the end. */
  private SortedMap<String, String> everythingThatCounts() throws IOException {
    SortedMap<String, String> tree = Tree.of(sandbox.userHome());
    tree.keySet().removeIf(path -> path.contains("/audit.db") || path.endsWith("recovery/staging"));
    return tree;
  }

  private boolean entryExists(RollbackResult.Done done, String name) {
    try (var entries =
        sandbox.services().backups().find(Scope.USER, done.backup()).orElseThrow().entries()) {
      return entries.anyMatch(entry -> entry.path().name().equals(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int events(EventType type) throws IOException {
    return sandbox.services().audit().query(EventQuery.ALL.withType(type)).size();
  }

  /** Directories are no part of a release: their modes are the system's. */
  private static List<String> files(SortedMap<String, String> tree) {
    return tree.entrySet().stream()
        .filter(entry -> !entry.getValue().startsWith("directory"))
        .map(Object::toString)
        .toList();
  }
}
