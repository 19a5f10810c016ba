package dev.stravinsky.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.Backup.Extraction;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.Salvage;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.BackupContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Archives are damaged at random; every file outside of the damage comes back, and none with other
 * bytes. What is intact the test finds by looking for a member's bytes itself.
 */
class SalvageTest extends BackupContract {
  private static final int DAMAGES = Integer.getInteger("stravinsky.salvage.damages", 40);
  private static final int FILES = 60;

  private final long seed = Long.getLong("stravinsky.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<String, Sha256> contents = new HashMap<>();
  private Path archive;
  private byte[] original;
  private List<Member> members;
  private List<Row> rows;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @BeforeEach
  void backUpFilesOfManySizes() throws IOException {
    System.out.println("SalvageTest: -Dstravinsky.seed=" + seed);
    for (int i = 0; i < FILES; i++) {
      int large = i == 30 ? 150_000 : 70_000 + i;
      byte[] content = new byte[i % 6 == 0 ? large : 10 + random.nextInt(9_000)];
      random.nextBytes(content);
      String name = "f%02d.bin".formatted(i);
      sandbox.write(hooks().resolve(name), content, 0644);
      contents.put(name, Sha256.of(content));
    }
    sandbox.write(sandbox.claude().resolve("settings.json"), "{}\n");
    Backup backup = backUp("v1");
    archive = backup.directory().resolve("hooks.tar.gz");
    original = Files.readAllBytes(archive);
    Path manifest = backup.directory().resolve("manifest.json");
    members = ManifestReader.members(manifest).get("hooks.tar.gz");
    try (var all = ManifestReader.rows(manifest)) {
      rows = all.filter(row -> row.archive().equals("hooks.tar.gz")).toList();
    }
    assertThat(members.size()).isGreaterThan(15);
  }

  private byte[] slice(int member) {
    Member said = members.get(member);
    return Arrays.copyOfRange(original, (int) said.offset(), (int) said.end());
  }

  private byte[] damaged(int kind) {
    byte[] bytes = original.clone();
    int at = random.nextInt(bytes.length);
    switch (kind) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes = Arrays.copyOf(bytes, at);
      case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 512), (byte) 0);
      case 3 -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        out.writeBytes(new byte[1 + random.nextInt(600)]);
        out.write(bytes, at, bytes.length - at);
        bytes = out.toByteArray();
      }
      default -> {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
          order.add(i);
        }
        Collections.swap(order, random.nextInt(order.size()), random.nextInt(order.size()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        order.forEach(i -> out.writeBytes(slice(i)));
        bytes = out.toByteArray();
      }
    }
    return bytes;
  }

  /** Which members' bytes are anywhere in these. Latin-1 keeps every byte. */
  private Set<Integer> intact(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Set<Integer> intact = new HashSet<>();
    for (int i = 0; i < members.size(); i++) {
      if (text.contains(new String(slice(i), StandardCharsets.ISO_8859_1))) {
        intact.add(i);
      }
    }
    return intact;
  }

  @Test
  void salvage_anyDamage_givesEveryFileOutsideOfItAndNamesTheOthers() throws IOException {
    int lostInAll = 0;
    for (int i = 0; i < DAMAGES; i++) {
      int kind = i % 5;
      byte[] bytes = damaged(kind);
      Files.write(archive, bytes);
      Set<Integer> there = intact(bytes);
      TreeSet<String> expected = new TreeSet<>();
      for (Row row : rows) {
        boolean file = row.stored().state() instanceof EntryState.Regular;
        if (file && !there.contains(row.content().member())) {
          expected.add(row.entry().path().readable());
        }
      }

      Salvage salvage = store().salvage(Scope.USER, "v1");

      TreeSet<String> lost = new TreeSet<>();
      salvage.lost().forEach(each -> lost.add(each.path().readable()));
      assertThat(lost).as("damage %d of kind %d, seed %d", i, kind, seed).isEqualTo(expected);
      assertThat(salvage.isWhole()).isEqualTo(Arrays.equals(bytes, original));
      assertContents(salvage.backup(), FILES - expected.size());
      lostInAll += lost.size();
    }
    assertThat(lostInAll).isGreaterThan(DAMAGES / 3);
  }

  private void assertContents(Backup backup, int files) throws IOException {
    List<BackupEntry> regular =
        entries(backup).stream()
            .filter(e -> e.target().equals("hooks"))
            .filter(e -> e.state() instanceof EntryState.Regular)
            .toList();
    assertThat(regular).hasSize(files);
    try (Extraction unpacked = backup.extract(regular)) {
      for (BackupEntry entry : regular) {
        byte[] content = Files.readAllBytes(unpacked.content(entry).orElseThrow());
        assertThat(Sha256.of(content)).isEqualTo(contents.get(entry.path().readable()));
      }
    }
  }

  /** A header tells how long its content is; that much can be compared without a manifest. */
  @Test
  void read_contentsOfOtherLengthsSwapped_areNotTakenForEachOthers() throws IOException {
    int one = member("f24.bin");
    int other = member("f30.bin");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < members.size(); i++) {
      out.writeBytes(slice(i == one ? other : i == other ? one : i));
    }
    Files.write(archive, out.toByteArray());

    ArchiveSalvage.Found found = ArchiveSalvage.read(archive);

    assertThat(found.lost()).containsExactly("hooks/global/f24.bin", "hooks/global/f30.bin");
    assertThat(found.entries().keySet()).doesNotContainAnyElementsOf(found.lost());
  }

  private int member(String name) {
    return rows.stream()
        .filter(row -> row.entry().path().readable().equals(name))
        .findFirst()
        .orElseThrow()
        .content()
        .member();
  }

  @Test
  void read_noManifest_givesEveryFileOutsideOfTheDamageAndNoneWithOtherBytes() throws IOException {
    for (int i = 0; i < DAMAGES; i++) {
      int kind = i % 4;
      byte[] bytes = damaged(kind);
      Files.write(archive, bytes);

      ArchiveSalvage.Found found = ArchiveSalvage.read(archive);

      String what = "damage %d of kind %d, seed %d".formatted(i, kind, seed);
      assertThat(found.damage()).as(what).isNotEmpty();
      Map<String, Sha256> read = new HashMap<>();
      found
          .entries()
          .forEach(
              (path, entry) -> {
                if (entry.state() instanceof EntryState.Regular file) {
                  read.put(path.replace("hooks/global/", ""), file.sha256());
                }
              });
      assertThat(contents).as(what).containsAllEntriesOf(read);
      Set<Integer> there = intact(bytes);
      for (Row row : rows) {
        boolean file = row.stored().state() instanceof EntryState.Regular;
        boolean intact =
            there.contains(row.stored().header()) && there.contains(row.content().member());
        // What was put between a header and its content leaves nobody to say that they belong.
        if (file && intact && kind != 3) {
          assertThat(read).as(what).containsKey(row.entry().path().readable());
        }
      }
    }
  }
}
