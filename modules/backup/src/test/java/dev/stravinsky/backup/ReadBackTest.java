package dev.stravinsky.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.BackupContract;
import dev.stravinsky.testkit.fs.Damage;
import dev.stravinsky.testkit.fs.FaultPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the disk silently makes of a new backup's bytes is found before the backup counts. */
class ReadBackTest extends BackupContract {
  private static final int LARGE = 200_000;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  /** A first backup, of which the second one copies the large file's member. */
  private List<Member> prepare() throws IOException {
    someFiles();
    byte[] large = new byte[LARGE];
    new Random(5).nextBytes(large);
    sandbox.write(hooks().resolve("large.bin"), large, 0644);
    Backup first = backUp("v1");
    sandbox.write(hooks().resolve("guard.py"), "print('other')\n".getBytes(), 0755);
    return ManifestReader.members(first.directory().resolve("manifest.json")).get("hooks.tar.gz");
  }

  /** From now on a bit of the file that is being built is the other way round when it is read. */
  private void spoil(String name, long at) {
    sandbox
        .faults()
        .plan(
            FaultPlan.misreadWhere(
                o -> o.path().toString().contains(".building-") && o.path().endsWith(name),
                new Damage.FlippedBit(at, 3)));
  }

  private void assertThrownAway() throws IOException {
    assertThatThrownBy(() -> store().create(request("v2", BackupReason.MANUAL), Progress.NONE))
        .isInstanceOf(DamagedException.class);
    assertThat(sandbox.faults().injected()).isPositive();
    sandbox.faults().plan(FaultPlan.NONE);
    assertThat(store().list(Scope.USER)).extracting(b -> b.id().value()).containsExactly("v1");
    try (Stream<Path> left = Files.list(sandbox.home().backups())) {
      assertThat(left.filter(p -> p.getFileName().toString().startsWith("."))).isEmpty();
    }
    Backup again = backUp("v2");
    assertThat(store().verify(again, new Depth.Unpacked(), Progress.NONE).damage()).isEmpty();
  }

  @Test
  void create_bitOfAFreshMemberTurned_isThrownAway() throws IOException {
    prepare();
    spoil("hooks.tar.gz", 30);

    assertThrownAway();
  }

  @Test
  void create_bitOfACopiedMemberTurned_isThrownAway() throws IOException {
    List<Member> before = prepare();
    Backup second = backUp("v2");
    List<Member> after =
        ManifestReader.members(second.directory().resolve("manifest.json")).get("hooks.tar.gz");
    Member copied =
        after.stream()
            .filter(m -> before.stream().anyMatch(b -> b.stored().equals(m.stored())))
            .filter(m -> m.rawBytes() >= LARGE)
            .findFirst()
            .orElseThrow();
    store().planCleanup(Scope.USER, java.util.OptionalInt.empty());
    dev.stravinsky.files.FileWrites.deleteTree(second.directory());
    spoil("hooks.tar.gz", copied.offset() + copied.storedBytes() / 2);

    assertThrownAway();
  }

  @ParameterizedTest
  @ValueSource(strings = {"manifest.json", "SHA256SUMS", "RESTORE.txt"})
  void create_bitOfAnotherFileTurned_isThrownAway(String name) throws IOException {
    prepare();
    spoil(name, 40);

    assertThrownAway();
  }

  @Test
  void create_memberOfTheLastBackupDamaged_isPackedAnewAndNotCopied() throws IOException {
    List<Member> before = prepare();
    Member large = before.stream().filter(m -> m.rawBytes() >= LARGE).findFirst().orElseThrow();
    Path archive = sandbox.home().backups().resolve("v1").resolve("hooks.tar.gz");
    sandbox.faults().damage(archive, new Damage.FlippedBit(large.offset() + 1_000, 0));

    Backup second = backUp("v2");

    assertThat(store().verify(second, new Depth.Unpacked(), Progress.NONE).damage()).isEmpty();
  }
}
