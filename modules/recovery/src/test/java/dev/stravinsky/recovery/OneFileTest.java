package dev.stravinsky.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.BackupRequest;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.recovery.Recovery.Options;
import dev.stravinsky.api.recovery.RecoveryResult;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.InstalledSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One file comes back out of a backup of which no more is read than concerns it. */
class OneFileTest extends InstalledSandbox {
  /** Within the content of {@link #large()}, which is a member of its own. */
  private static final int IN_THE_LARGE_FILE = 100_000;

  private final byte[] content = new byte[300_000];

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  private Path large() {
    return sandbox.claude().resolve("hooks/a-large.bin");
  }

  private Backup backUp(String version) throws IOException {
    sandbox.clock().advance(Duration.ofSeconds(1));
    Target hooks = Target.tree("hooks", Scope.USER, sandbox.claude().resolve("hooks"));
    return sandbox
        .services()
        .backups()
        .create(
            new BackupRequest(
                Scope.USER,
                new Version(version),
                BackupReason.MANUAL,
                List.of(TargetWalk.live(hooks)),
                Optional.empty(),
                false),
            Progress.NONE);
  }

  private Backup backUpBoth(String version) throws IOException {
    new Random(4).nextBytes(content);
    sandbox.write(large(), content, 0644);
    sandbox.write(releasedHook(), "guard of " + version);
    return backUp(version);
  }

  private static void damage(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }

  private RecoveryResult recover(Path file) throws IOException {
    return sandbox
        .services()
        .recovery()
        .file(file, Optional.empty(), new Options(Scope.USER, false, Progress.NONE));
  }

  @Test
  void file_anotherEntryIsDamaged_comesBackAllTheSame() throws IOException {
    Backup backup = backUpBoth("v1");
    damage(backup.directory().resolve("hooks.tar.gz"), IN_THE_LARGE_FILE);
    Files.delete(releasedHook());

    RecoveryResult result = recover(releasedHook());

    assertThat(releasedHook()).hasContent("guard of v1");
    assertThat(result.source()).isEqualTo(backup.id());
  }

  @Test
  void file_itselfIsDamaged_comesFromTheNextBackupThatHasIt() throws IOException {
    Backup older = backUpBoth("v1");
    Backup newer = backUpBoth("v2");
    damage(newer.directory().resolve("hooks.tar.gz"), IN_THE_LARGE_FILE);
    Files.delete(large());

    RecoveryResult result = recover(large());

    assertThat(large()).hasBinaryContent(content);
    assertThat(result.source()).isEqualTo(older.id());
  }

  @Test
  void file_damagedInEveryBackup_isNamedAndNothingIsLeft() throws IOException {
    Backup backup = backUpBoth("v1");
    damage(backup.directory().resolve("hooks.tar.gz"), IN_THE_LARGE_FILE);
    Files.delete(large());

    assertThatThrownBy(() -> recover(large()))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("a-large.bin");

    assertThat(large()).doesNotExist();
    assertThat(sandbox.home().staging()).isEmptyDirectory();
  }

  @Test
  void file_manifestIsForged_isNotBelieved() throws IOException {
    Backup older = backUpBoth("v1");
    Backup newer = backUpBoth("v2");
    Path manifest = newer.directory().resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"user\"", "\"release\""));
    Files.delete(releasedHook());

    RecoveryResult result = recover(releasedHook());

    assertThat(result.source()).isEqualTo(older.id());
    assertThat(releasedHook()).hasContent("guard of v1");
  }

  @Test
  void file_nothingIsInItsPlace_nothingIsSaved() throws IOException {
    backUpBoth("v1");
    Files.delete(releasedHook());

    RecoveryResult result = recover(releasedHook());

    assertThat(result.replaced()).isEmpty();
    assertThat(sandbox.services().backups().list(Scope.USER)).hasSize(1);
    assertThat(result.restored()).containsExactly(releasedHook());
  }

  @Test
  void file_somethingIsInItsPlace_isSavedFirst() throws IOException {
    backUpBoth("v1");
    sandbox.write(releasedHook(), "mine");

    RecoveryResult result = recover(releasedHook());

    assertThat(releasedHook()).hasContent("guard of v1");
    assertThat(result.replaced()).isPresent();
  }
}
