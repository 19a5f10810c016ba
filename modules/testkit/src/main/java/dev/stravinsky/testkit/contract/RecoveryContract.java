package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.LockHeldException;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.recovery.Diagnosis;
import dev.stravinsky.api.recovery.Recovery.Options;
import dev.stravinsky.api.recovery.RecoveryResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** What every {@link dev.stravinsky.api.recovery.Recovery} must do. */
public abstract class RecoveryContract extends InstalledSandbox {
  private static final Options REAL = new Options(Scope.USER, false, Progress.NONE);
  private static final Options DRY = new Options(Scope.USER, true, Progress.NONE);

  @Test
  void file_deleted_comesBackFromTheNewestBackupThatHasIt() throws IOException {
    update(firstRelease(), "v1");
    SortedMap<String, String> before = live();
    Files.delete(releasedHook());

    RecoveryResult result = file(releasedHook(), Optional.empty());

    assertThat(live()).isEqualTo(before);
    assertThat(result.restored()).containsExactly(releasedHook());
  }

  @Test
  void file_ofAnOlderVersion_isThatVersions() throws IOException {
    update(firstRelease(), "v1");
    update(secondRelease(), "v2");

    RecoveryResult result = file(releasedHook(), Optional.of("v1"));

    assertThat(releasedHook()).content().contains("one");
    assertThat(result.replaced()).isPresent();
    assertThat(sandbox.services().installed().current(Scope.USER).value()).isEqualTo("v2");
  }

  @Test
  void file_deletedAfterAnUndo_comesBackAsTheVersionInForceHasIt() throws IOException {
    update(firstRelease(), "v1");
    update(secondRelease(), "v2");
    undo();
    Files.delete(releasedHook());

    file(releasedHook(), Optional.empty());

    assertThat(releasedHook()).content().contains("one");
  }

  @Test
  void file_typedTwice_doesNotBringBackWhatTheFirstReplaced() throws IOException {
    update(firstRelease(), "v1");
    sandbox.write(releasedHook(), "spoilt");
    file(releasedHook(), Optional.empty());

    RecoveryResult again = file(releasedHook(), Optional.empty());

    assertThat(releasedHook()).content().contains("one");
    assertThat(again.restored()).isEmpty();
  }

  @Test
  void file_relativePath_isMeantFromTheWorkingDirectory() throws IOException {
    update(firstRelease(), "v1");
    Files.delete(releasedHook());
    sandbox.workIn(sandbox.claude().resolve("hooks"));

    file(Path.of("guard.sh"), Optional.empty());

    assertThat(releasedHook()).exists();
  }

  @Test
  void file_inNoBackup_saysSo() throws IOException {
    update(firstRelease(), "v1");

    assertThatThrownBy(() -> file(sandbox.claude().resolve("hooks/never.sh"), Optional.empty()))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void file_notInThatVersion_namesTheVersionsThatHaveIt() throws IOException {
    update(firstRelease(), "v1");
    update(secondRelease(), "v2");
    Path dropped = sandbox.claude().resolve("hooks/deep/only-in-v1.sh");

    assertThatThrownBy(() -> file(dropped, Optional.of("v2")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("the backup of v2 does not have it; these have it: v1")
        .satisfies(
            e ->
                assertThat(((NotFoundException) e).problems().getFirst().nextCommand())
                    .contains("stravinsky recovery file " + dropped + " v1"));
  }

  @Test
  void file_outsideOfAllTargets_saysWhatIsBackedUp() throws IOException {
    update(firstRelease(), "v1");

    assertThatThrownBy(() -> file(sandbox.claude().resolve("history.jsonl"), Optional.empty()))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("is in none of the places that are backed up")
        .hasMessageContaining(sandbox.claude().resolve("hooks").toString())
        .hasMessageContaining(sandbox.claude().resolve("settings.json").toString());
  }

  @Test
  void file_isADirectory_saysWhichCommandIsMeant() throws IOException {
    update(firstRelease(), "v1");
    Path hooks = sandbox.claude().resolve("hooks");
    Path deep = hooks.resolve("deep");
    for (Path directory : List.of(hooks, deep)) {
      assertThatThrownBy(() -> file(directory, Optional.empty()))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("is a directory")
          .satisfies(
              e ->
                  assertThat(((UsageException) e).problems().getFirst().nextCommand())
                      .contains("stravinsky recovery directory " + directory));
    }
    Files.delete(deep.resolve("only-in-v1.sh"));
    Files.delete(deep);
    assertThatThrownBy(() -> file(deep, Optional.empty())).isInstanceOf(UsageException.class);
  }

  @Test
  void file_throughALinkToItsFolder_comesBack() throws IOException {
    update(firstRelease(), "v1");
    Files.delete(releasedHook());
    Path shortcut = sandbox.userHome().resolve("shortcut");
    Files.createSymbolicLink(shortcut, sandbox.claude().resolve("hooks"));

    file(shortcut.resolve("guard.sh"), Optional.empty());

    assertThat(releasedHook()).exists();
  }

  @Test
  void file_itsFolderIsALinkSinceTheBackup_comesBackWhereItWas() throws IOException {
    update(firstRelease(), "v1");
    Path dotfiles = sandbox.userHome().resolve("dotfiles");
    Files.move(sandbox.claude(), dotfiles);
    Files.createSymbolicLink(sandbox.claude(), dotfiles);
    Files.delete(releasedHook());

    file(releasedHook(), Optional.empty());

    assertThat(releasedHook()).content().contains("one");
    assertThat(sandbox.claude()).isSymbolicLink();
  }

  @Test
  void directory_isAFile_bringsTheFileBack() throws IOException {
    update(firstRelease(), "v1");
    Files.delete(releasedHook());

    sandbox.services().recovery().directory(releasedHook(), Optional.empty(), REAL);

    assertThat(releasedHook()).exists();
  }

  @Test
  void file_asInTheBackup_isNothingToDo() throws IOException {
    update(firstRelease(), "v1");

    assertThat(file(releasedHook(), Optional.empty()).restored()).isEmpty();
  }

  @Test
  void file_dryRun_changesNothing() throws IOException {
    update(firstRelease(), "v1");
    Files.delete(releasedHook());

    RecoveryResult result =
        sandbox.services().recovery().file(releasedHook(), Optional.empty(), DRY);

    assertThat(result.restored()).containsExactly(releasedHook());
    assertThat(releasedHook()).doesNotExist();
  }

  @Test
  void file_whileAnotherCommandIsAtWork_readersWaitForChangesOnly() throws IOException {
    update(firstRelease(), "v1");
    Files.delete(releasedHook());
    sandbox.settings("{\"safety\": {\"lock_timeout_seconds\": 0}}");
    Services other = sandbox.otherProcess();
    try (Lease changing = other.transactions().lock(List.of(), LockMode.EXCLUSIVE)) {
      assertThat(changing).isNotNull();
      assertThatThrownBy(
              () -> sandbox.services().recovery().file(releasedHook(), Optional.empty(), DRY))
          .isInstanceOf(LockHeldException.class);
      assertThat(sandbox.services().recovery().emergency(Scope.USER, false).problems())
          .anySatisfy(p -> assertThat(p.kind()).isEqualTo(ErrorKind.FILE_LOCKED));
    }
    try (Lease reading = other.transactions().lock(List.of(), LockMode.SHARED)) {
      assertThat(reading).isNotNull();
      assertThat(
              sandbox.services().recovery().file(releasedHook(), Optional.empty(), DRY).restored())
          .containsExactly(releasedHook());
      assertThat(sandbox.services().recovery().emergency(Scope.USER, false).problems())
          .noneSatisfy(p -> assertThat(p.kind()).isEqualTo(ErrorKind.FILE_LOCKED));
      assertThatThrownBy(() -> file(releasedHook(), Optional.empty()))
          .isInstanceOf(LockHeldException.class);
    }
    file(releasedHook(), Optional.empty());
    assertThat(releasedHook()).exists();
  }

  @Test
  void directory_wiped_comesBackAndFilesThatTheBackupLacksStay() throws IOException {
    update(firstRelease(), "v1");
    Files.delete(releasedHook());
    Files.delete(sandbox.claude().resolve("hooks/deep/only-in-v1.sh"));
    writeOwnHook();

    sandbox
        .services()
        .recovery()
        .directory(sandbox.claude().resolve("hooks"), Optional.empty(), REAL);

    assertThat(releasedHook()).exists();
    assertThat(sandbox.claude().resolve("hooks/deep/only-in-v1.sh")).exists();
    assertThat(ownHook()).exists();
  }

  @Test
  void version_everythingDeleted_comesBack() throws IOException {
    writeOwnHook();
    update(firstRelease(), "v1");
    SortedMap<String, String> before = live();
    Files.delete(sandbox.claude().resolve("settings.json"));
    Files.delete(releasedHook());
    Files.delete(ownHook());

    sandbox.services().recovery().version("v1", REAL);

    assertThat(live()).isEqualTo(before);
  }

  @Test
  void emergency_allWell_findsNothing() throws IOException {
    update(firstRelease(), "v1");

    Diagnosis diagnosis = sandbox.services().recovery().emergency(Scope.USER, false);

    assertThat(diagnosis.problems()).isEmpty();
    assertThat(diagnosis.manualSteps()).isNotEmpty();
  }

  @Test
  void emergency_damagedBackup_isNamedAndPutIntoQuarantineWhenAsked() throws IOException {
    update(firstRelease(), "v1");
    Path archive = sandbox.home().backups().resolve("v1").resolve("hooks.tar.gz");
    byte[] content = Files.readAllBytes(archive);
    content[content.length / 2] ^= 1;
    Files.write(archive, content);

    assertThat(sandbox.services().recovery().emergency(Scope.USER, false).problems())
        .anySatisfy(problem -> assertThat(problem.located()).contains("hooks.tar.gz"));
    assertThat(sandbox.services().recovery().emergency(Scope.USER, true).done())
        .anySatisfy(done -> assertThat(done).contains("v1"));
    assertThat(archive).doesNotExist();
  }

  private RecoveryResult file(Path file, Optional<String> version) throws IOException {
    Path named = file.getFileSystem() == sandbox.root().getFileSystem() ? file : path(file);
    return sandbox.services().recovery().file(named, version, REAL);
  }

  private Path path(Path plain) {
    return sandbox.root().getFileSystem().getPath(plain.toString());
  }
}
