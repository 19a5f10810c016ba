package dev.stravinsky.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.Parallel;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.BackupContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No damage goes unseen. */
class BitFlipTest extends BackupContract {
  /** 1 turns every bit of every byte; else every so-manieth, whose place in its byte changes. */
  private static final int STEP = Integer.getInteger("stravinsky.bitflip.step", 101);

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  /** Every single one, and nobody but the backup itself to say so: no trail. */
  @Test
  void verify_everySingleBitOfASmallBackupTurned_isDamage() throws IOException {
    sandbox.write(hooks().resolve("a"), "1");
    Backup backup =
        store()
            .create(
                request(
                    Scope.USER, "v1", BackupReason.MANUAL, List.of(TargetWalk.live(hooksTarget()))),
                Progress.NONE);
    long turned = 0;
    try (Parallel parallel = Parallel.on(backup.directory());
        Stream<Path> files = Files.list(backup.directory())) {
      for (Path file : files.sorted().toList()) {
        byte[] content = Files.readAllBytes(file);
        for (int bit = 0; bit < content.length * 8; bit++) {
          content[bit / 8] ^= (byte) (1 << bit % 8);
          Files.write(file, content);
          assertThat(isIntact(backup, parallel))
              .as("bit %d of byte %d of %s turned", bit % 8, bit / 8, file)
              .isFalse();
          content[bit / 8] ^= (byte) (1 << bit % 8);
          turned++;
        }
        Files.write(file, content);
      }
      assertThat(isIntact(backup, parallel)).isTrue();
    }
    System.out.println("bits turned, one at a time: " + turned + ", undetected: 0");
    assertThat(turned).isGreaterThan(10_000);
  }

  private static boolean isIntact(Backup backup, Parallel parallel) throws IOException {
    try {
      return new Verification(backup.directory(), backup.id(), parallel, Progress.NONE)
          .run(Optional.empty(), Optional.empty())
          .intact();
    } catch (RefusedException e) {
      return false; // The number of the format: another program is asked for.
    }
  }

  @Test
  void verify_anyBitTurned_isDamage() throws IOException {
    someFiles();
    Backup backup = backUp("v1");
    List<Path> files;
    try (Stream<Path> all = Files.list(backup.directory())) {
      files = all.sorted().toList();
    }
    long turned = 0;
    for (Path file : files) {
      byte[] content = Files.readAllBytes(file);
      for (int bit = 0; bit < content.length * 8; bit += STEP) {
        content[bit / 8] ^= (byte) (1 << bit % 8);
        Files.write(file, content);
        assertThat(store().verify(backup, new Depth.Stored(), Progress.NONE).intact())
            .as("bit %d of byte %d of %s turned", bit % 8, bit / 8, file)
            .isFalse();
        content[bit / 8] ^= (byte) (1 << bit % 8);
        turned++;
      }
      Files.write(file, content);
    }
    assertThat(turned).isGreaterThan(300);
    assertThat(store().verify(backup, new Depth.Unpacked(), Progress.NONE).damage()).isEmpty();
  }

  @Test
  void verify_archiveCutAtAMembersEnd_isDamage() throws IOException {
    someFiles();
    Backup backup = backUp("v1");
    Path archive = backup.directory().resolve("hooks.tar.gz");
    List<Member> members =
        ManifestReader.members(backup.directory().resolve("manifest.json")).get("hooks.tar.gz");
    byte[] content = Files.readAllBytes(archive);
    Files.write(archive, java.util.Arrays.copyOf(content, (int) members.getLast().offset()));

    assertThat(store().verify(backup, new Depth.Stored(), Progress.NONE).damage().toString())
        .contains("the archive's end");
  }
}
