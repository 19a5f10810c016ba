package dev.stravinsky.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.BackupContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Damage of every kind at random places of a backup of some megabytes: none goes unseen, every
 * entry outside of it comes back exact, and none within it comes back wrong. {@code
 * -Dstravinsky.damages=10000} does it so many times.
 */
class RandomDamageTest extends BackupContract {
  private static final int TIMES = Integer.getInteger("stravinsky.damages", 30);
  private static final int BLOCK = 4096;

  private enum Kind {
    FLIP,
    CUT,
    ZEROED,
    SWAPPED,
    DELETED
  }

  private final long seed = Long.getLong("stravinsky.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }

  private Backup manyFiles() throws IOException {
    Random contents = new Random(12);
    for (int i = 0; i < 400; i++) {
      byte[] content = new byte[i % 40 == 0 ? 150_000 : contents.nextInt(6_000)];
      contents.nextBytes(content);
      Arrays.fill(content, 0, content.length / 2, (byte) i);
      sandbox.write(hooks().resolve("folder" + i % 9).resolve("hook" + i), content, 0644);
    }
    byte[] streamed = new byte[4_500_000];
    contents.nextBytes(streamed);
    sandbox.write(hooks().resolve("streamed.bin"), Arrays.copyOf(streamed, 4_500_000), 0644);
    return backUp("v1");
  }

  @Test
  void anyDamage_isSeenAndCostsOnlyWhatItHit() throws IOException {
    Backup backup = manyFiles();
    Path archive = backup.directory().resolve("hooks.tar.gz");
    byte[] whole = Files.readAllBytes(archive);
    List<Member> members =
        ManifestReader.members(backup.directory().resolve("manifest.json")).get("hooks.tar.gz");
    List<Row> rows;
    try (Stream<Row> all = ManifestReader.rows(backup.directory().resolve("manifest.json"))) {
      rows = all.filter(row -> row.stored().state() instanceof EntryState.Regular).toList();
    }
    Map<Kind, Integer> done = new EnumMap<>(Kind.class);
    long rescued = 0;
    for (int i = 0; i < TIMES; i++) {
      Kind kind = Kind.values()[i % Kind.values().length];
      String what = "seed " + seed + ", damage " + i + ": " + kind;
      if (kind == Kind.DELETED) {
        deleteOne(backup, what);
      } else {
        byte[] damaged = damaged(kind, whole, members);
        Files.write(archive, damaged);
        assertThat(verify(backup)).as(what).isFalse();
        rescued += assertTheRestComesBack(backup, rows, members, whole, damaged, what);
        Files.write(archive, whole);
      }
      done.merge(kind, 1, Integer::sum);
    }
    assertThat(verify(backup)).isTrue();
    assertThat(rescued).isGreaterThan(rows.size());
    System.out.println(
        "damages: " + done + ", undetected: 0, rescued entries: " + rescued + ", seed " + seed);
  }

  private boolean verify(Backup backup) throws IOException {
    return store().verify(backup, new Depth.Stored(), Progress.NONE).intact();
  }

  private void deleteOne(Backup backup, String what) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(backup.directory())) {
      files = all.sorted().toList();
    }
    Path file = files.get(random.nextInt(files.size()));
    Path aside = sandbox.root().resolve("aside");
    Files.move(file, aside);
    assertThat(verify(backup)).as(what + " " + file).isFalse();
    Files.move(aside, file);
  }

  /** Other bytes than before, for sure. */
  private byte[] damaged(Kind kind, byte[] whole, List<Member> members) {
    byte[] bytes = whole.clone();
    while (Arrays.equals(bytes, whole)) {
      int at = random.nextInt(whole.length);
      switch (kind) {
        case FLIP -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case CUT -> bytes = Arrays.copyOf(bytes, at);
        case ZEROED -> Arrays.fill(bytes, at, Math.min(at + BLOCK, bytes.length), (byte) 0);
        default -> bytes = swapped(bytes, members);
      }
    }
    return bytes;
  }

  private byte[] swapped(byte[] bytes, List<Member> members) {
    int one = random.nextInt(members.size() - 1);
    int two = one + 1 + random.nextInt(members.size() - one - 1);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      order.add(i == one ? two : i == two ? one : i);
    }
    byte[] swapped = new byte[bytes.length];
    int at = 0;
    for (int i : order) {
      Member member = members.get(i);
      System.arraycopy(bytes, (int) member.offset(), swapped, at, (int) member.storedBytes());
      at += (int) member.storedBytes();
    }
    return swapped;
  }

  /** How many came back. */
  private long assertTheRestComesBack(
      Backup backup,
      List<Row> rows,
      List<Member> members,
      byte[] whole,
      byte[] damaged,
      String what)
      throws IOException {
    List<BackupEntry> outside = new ArrayList<>();
    List<BackupEntry> within = new ArrayList<>();
    for (Row row : rows) {
      if (row.archive().equals("hooks.tar.gz")) {
        Member member = members.get(row.stored().member());
        int from = (int) member.offset();
        int to = (int) member.end();
        boolean untouched =
            to <= damaged.length && Arrays.equals(whole, from, to, damaged, from, to);
        (untouched ? outside : within).add(row.entry());
      }
    }
    assertThat(outside.size() + within.size()).isGreaterThan(400);
    if (!outside.isEmpty()) {
      try (Backup.Extraction extraction = backup.extract(outside)) {
        for (BackupEntry entry : outside) {
          assertComesBack(extraction, entry, what);
        }
      }
    }
    // Some of them by turns: a cut can leave hundreds.
    for (BackupEntry entry : within.subList(0, Math.min(3, within.size()))) {
      try (Backup.Extraction extraction = backup.extract(List.of(entry))) {
        assertComesBack(extraction, entry, what);
      } catch (DamagedException e) {
        assertThat(e).as(what).hasMessageContaining(entry.path().readable());
      }
    }
    return outside.size();
  }

  private void assertComesBack(Backup.Extraction extraction, BackupEntry entry, String what)
      throws IOException {
    Path live = entry.path().resolveIn(hooks());
    long mismatch = Files.mismatch(extraction.content(entry).orElseThrow(), live);
    assertThat(mismatch).as(what + ", " + entry.path()).isEqualTo(-1);
  }
}
