package dev.stravinsky.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.BackupContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What went in comes out, for trees nobody thought of. */
class RoundTripTest extends BackupContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }

  @RepeatedTest(2)
  void backup_anyTree_everyEntryComesBack() throws IOException {
    long seed = Long.getLong("stravinsky.seed", System.nanoTime());
    System.out.println("seed " + seed + " (again: -Dstravinsky.seed=" + seed + ")");
    Files.createDirectories(hooks());
    SampleTree.grow(hooks(), new Random(seed), 120, true);

    Backup backup = backUp("v1");

    assertThat(store().verify(backup, new Depth.Unpacked(), Progress.NONE).damage()).isEmpty();
    assertThat(store().compare(backup, views())).isEmpty();
    List<BackupEntry> entries = entries(backup);
    Set<Path> seen = new HashSet<>();
    try (Backup.Extraction extraction = backup.extract(entries)) {
      for (BackupEntry entry : entries) {
        Path live = entry.path().resolveIn(hooks());
        seen.add(live);
        assertThat(entry.state()).isEqualTo(EntryStates.of(live));
        assertThat(entry.modified())
            .isEqualTo(Files.getLastModifiedTime(live, LinkOption.NOFOLLOW_LINKS).toInstant());
        if (entry.state() instanceof EntryState.Regular) {
          assertThat(extraction.content(entry).orElseThrow()).hasSameBinaryContentAs(live);
        }
      }
    }
    try (Stream<Path> all = Files.walk(hooks())) {
      assertThat(all.skip(1)).containsExactlyInAnyOrderElementsOf(seen);
    }
  }

  @Test
  void backup_oneFileChanged_copiesTheOtherMembers() throws IOException {
    Files.createDirectories(hooks());
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      byte[] content = new byte[random.nextInt(20_000)];
      random.nextBytes(content);
      Files.write(hooks().resolve("hook" + i + ".py"), content);
    }
    Set<Member> before = members(backUp("v1"));
    Files.writeString(hooks().resolve("hook150.py"), "changed");
    Files.writeString(hooks().resolve("hook151x.py"), "new");
    Backup second = backUp("v2");

    Set<dev.stravinsky.api.Sha256> known = new HashSet<>();
    before.forEach(member -> known.add(member.stored()));
    Set<Member> fresh = members(second);
    fresh.removeIf(member -> known.contains(member.stored()));

    assertThat(before).hasSizeGreaterThan(20);
    assertThat(fresh).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void backup_equalLargeFiles_arePackedOnce() throws IOException {
    byte[] content = new byte[9_000_000];
    new Random(3).nextBytes(content);
    sandbox.write(hooks().resolve("one.bin"), content, 0644);
    sandbox.write(hooks().resolve("two.bin"), content, 0600);

    Backup backup = backUp("v1");

    List<Member> large = members(backup).stream().filter(m -> m.rawBytes() > 1_000_000).toList();
    assertThat(large).hasSize(2);
    assertThat(large.get(0).stored()).isEqualTo(large.get(1).stored());
    assertThat(store().verify(backup, new Depth.Unpacked(), Progress.NONE).damage()).isEmpty();
  }

  private static Set<Member> members(Backup backup) throws IOException {
    return new HashSet<>(
        ManifestReader.members(backup.directory().resolve("manifest.json")).get("hooks.tar.gz"));
  }
}
