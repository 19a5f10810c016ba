package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.recovery.Recovery.Options;
import dev.stravinsky.api.recovery.RecoveryResult;
import dev.stravinsky.testkit.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every recovery must make of backups of which only a part is intact. */
public abstract class PartialRecoveryContract extends InstalledSandbox {
  private static final Options PARTIAL = new Options(Scope.USER, false, true, Progress.NONE);
  private static final Options WHOLE = new Options(Scope.USER, false, Progress.NONE);
  private static final int LARGE_BYTES = 300_000;

  private SortedMap<String, String> before;

  /** The middle of the archive of hooks is within the content of the large file. */
  @BeforeEach
  void backUpALargeFileAmongSmallOnes() throws IOException {
    byte[] noise = new byte[LARGE_BYTES];
    new Random(7).nextBytes(noise);
    sandbox.write(large(), noise, 0644);
    writeOwnHook();
    update(firstRelease(), "v1");
    before = live();
  }

  private Path hooks() {
    return sandbox.claude().resolve("hooks");
  }

  private Path large() {
    return hooks().resolve("h-large.bin");
  }

  private Path v1() {
    return sandbox.home().backups().resolve("v1");
  }

  private void damageLarge() throws IOException {
    Path archive = v1().resolve("hooks.tar.gz");
    byte[] bytes = Files.readAllBytes(archive);
    bytes[bytes.length / 2] ^= 1;
    Files.write(archive, bytes);
  }

  private void wipeHooks() throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(hooks())) {
      walk.forEach(all::add);
    }
    for (Path each : all.reversed()) {
      Files.delete(each);
    }
  }

  private RecoveryResult version(Options options) throws IOException {
    return sandbox.services().recovery().version("v1", options);
  }

  private void assertAllButLargeIsBack() throws IOException {
    SortedMap<String, String> expected = new java.util.TreeMap<>(before);
    assertThat(expected.remove("hooks/h-large.bin")).isNotNull();
    assertThat(Tree.of(sandbox.claude())).isEqualTo(expected);
  }

  @Test
  void version_fileDamaged_othersComeBackAndItIsNamedWithTheOlderBackupThatHasIt()
      throws IOException {
    damageLarge();
    wipeHooks();
    assertThatThrownBy(() -> version(WHOLE))
        .isInstanceOf(DamagedException.class)
        .satisfies(
            e ->
                assertThat(((DamagedException) e).problems().getLast().nextCommand())
                    .contains("stravinsky recovery version v1 --partial"));
    assertThat(hooks()).doesNotExist();

    RecoveryResult result = version(PARTIAL);

    assertAllButLargeIsBack();
    assertThat(result.isWhole()).isFalse();
    assertThat(result.lost())
        .singleElement()
        .satisfies(
            lost -> {
              assertThat(lost.file()).isEqualTo(large());
              assertThat(lost.older()).contains(new BackupId("untracked"));
            });
    sandbox.services().recovery().file(large(), Optional.of("untracked"), WHOLE);
    assertThat(live()).isEqualTo(before);
  }

  @Test
  void version_damagedFileIsLiveAsItWas_isNotLost() throws IOException {
    damageLarge();
    Files.delete(ownHook());

    RecoveryResult result = version(PARTIAL);

    assertThat(result.isWhole()).isTrue();
    assertThat(live()).isEqualTo(before);
  }

  @Test
  void version_noOlderBackupHasIt_saysSo() throws IOException {
    damageLarge();
    wipeHooks();
    Path older = sandbox.home().backups().resolve("untracked/hooks.tar.gz");
    byte[] bytes = Files.readAllBytes(older);
    bytes[bytes.length / 2] ^= 1;
    Files.write(older, bytes);

    assertThat(version(PARTIAL).lost())
        .singleElement()
        .satisfies(lost -> assertThat(lost.older()).isEmpty());
  }

  @Test
  void version_manifestDamagedToo_isReadByTheArchivesOwnHeaders() throws IOException {
    damageLarge();
    Files.writeString(v1().resolve("manifest.json"), "{\"format\": 1, \"id\"");
    wipeHooks();

    RecoveryResult result = version(PARTIAL);

    assertAllButLargeIsBack();
    assertThat(result.lost()).singleElement().matches(lost -> lost.file().equals(large()));
    assertThat(result.doubts())
        .anySatisfy(doubt -> assertThat(doubt.located()).contains("manifest.json"));
  }

  @Test
  void version_manifestOneBitOff_isNotBelieved() throws IOException {
    Path manifest = v1().resolve("manifest.json");
    String said = Files.readString(manifest);
    Files.writeString(manifest, said.replace("hooks/global/own.sh", "hooks/global/owm.sh"));
    wipeHooks();

    RecoveryResult result = version(PARTIAL);

    assertThat(live()).isEqualTo(before);
    assertThat(result.lost()).isEmpty();
    assertThat(result.isWhole()).isFalse();
  }

  @Test
  void version_archiveMissing_everythingElseComesBack() throws IOException {
    Files.delete(v1().resolve("commands.tar.gz"));
    wipeHooks();
    Path command = sandbox.claude().resolve("commands/review.md");
    Files.delete(command);

    RecoveryResult result = version(PARTIAL);

    assertThat(releasedHook()).exists();
    assertThat(result.lost()).singleElement().matches(lost -> lost.file().equals(command));
  }

  @Test
  void version_inQuarantine_isStillFound() throws IOException {
    damageLarge();
    wipeHooks();
    sandbox.services().recovery().emergency(Scope.USER, true);
    assertThat(v1()).doesNotExist();

    assertThat(version(PARTIAL).lost()).hasSize(1);

    assertAllButLargeIsBack();
  }

  @Test
  void version_unreadableAndQuarantined_isStillFound() throws IOException {
    Files.writeString(v1().resolve("manifest.json"), "{}");
    wipeHooks();
    assertThat(sandbox.services().recovery().emergency(Scope.USER, true).done())
        .anySatisfy(done -> assertThat(done).contains("moved a damaged backup"));
    assertThat(v1()).doesNotExist();

    assertThat(version(PARTIAL).lost()).isEmpty();

    assertThat(live()).isEqualTo(before);
  }

  @Test
  void version_dryRun_saysTheSameAndChangesNothing() throws IOException {
    damageLarge();
    wipeHooks();

    RecoveryResult result = version(new Options(Scope.USER, true, true, Progress.NONE));

    assertThat(result.lost()).hasSize(1);
    assertThat(result.restored()).contains(ownHook(), releasedHook());
    assertThat(hooks()).doesNotExist();
  }

  @Test
  void version_intact_isWholeAsEver() throws IOException {
    wipeHooks();

    RecoveryResult result = version(PARTIAL);

    assertThat(result.isWhole()).isTrue();
    assertThat(live()).isEqualTo(before);
  }

  @Test
  void version_unknown_saysSo() {
    assertThatThrownBy(() -> sandbox.services().recovery().version("v7", PARTIAL))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("v7");
  }

  @Test
  void directory_damaged_givesWhatIsIntactBelow() throws IOException {
    damageLarge();
    wipeHooks();

    RecoveryResult result =
        sandbox.services().recovery().directory(hooks(), Optional.of("v1"), PARTIAL);

    assertAllButLargeIsBack();
    assertThat(result.lost()).hasSize(1);
  }

  @Test
  void file_manifestsDamaged_isRefusedAndComesBackWithPartial() throws IOException {
    Path mine = hooks().resolve("deep/only-in-v1.sh");
    Files.delete(mine);
    String said = Files.readString(v1().resolve("manifest.json"));
    Files.writeString(v1().resolve("manifest.json"), said.replace("only-in-v1", "only-in-vl"));

    assertThatThrownBy(() -> sandbox.services().recovery().file(mine, Optional.empty(), WHOLE))
        .isInstanceOf(NotFoundException.class);
    RecoveryResult result = sandbox.services().recovery().file(mine, Optional.empty(), PARTIAL);

    assertThat(result.restored()).containsExactly(mine);
    assertThat(live()).isEqualTo(before);
  }

  @Test
  void directory_onlyInADamagedBackup_isRefusedWithTheCommandThatTakesWhatIsIntact()
      throws IOException {
    damageLarge();
    Path mine = hooks().resolve("deep");
    Files.delete(mine.resolve("only-in-v1.sh"));

    assertThatThrownBy(() -> sandbox.services().recovery().directory(mine, Optional.empty(), WHOLE))
        .isInstanceOf(DamagedException.class)
        .satisfies(
            e ->
                assertThat(((DamagedException) e).problems().getLast().nextCommand())
                    .contains("stravinsky recovery directory " + mine + " --partial"));
    RecoveryResult result =
        sandbox.services().recovery().directory(mine, Optional.empty(), PARTIAL);

    assertThat(result.isWhole()).isTrue();
    assertThat(live()).isEqualTo(before);
  }
}
