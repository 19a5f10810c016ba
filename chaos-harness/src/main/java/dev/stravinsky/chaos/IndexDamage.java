package dev.stravinsky.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What becomes of the index's file.
 *
 * @param name for the report
 */
record IndexDamage(String name, Effect effect) {
  private static final int BY_CHANCE = 4;
  private static final List<String> WITH_ITS_COMPANIONS = List.of("", "-journal", "-wal", "-shm");

  /** Does it. */
  @FunctionalInterface
  interface Effect {
    void on(Path index) throws IOException;
  }

  /**
   * All that is tried.
   *
   * @param behind an index that knows the first events only
   * @param size of the index as it is
   */
  static List<IndexDamage> all(byte[] behind, int size, Random random) {
    List<IndexDamage> all = new ArrayList<>();
    all.add(new IndexDamage("gone", IndexDamage::delete));
    all.add(new IndexDamage("empty", index -> Files.write(index, new byte[0])));
    all.add(new IndexDamage("text", index -> Files.writeString(index, "no index\n".repeat(500))));
    all.add(new IndexDamage("behind", index -> replace(index, behind)));
    all.add(new IndexDamage("a folder", IndexDamage::folder));
    all.add(inPlace(Damage.flip(0)));
    for (int i = 0; i < BY_CHANCE; i++) {
      all.add(inPlace(Damage.flip(random.nextInt(size))));
    }
    Damage.of(size, 0, random).stream()
        .filter(damage -> !damage.name().contains("flipped"))
        .forEach(damage -> all.add(inPlace(damage)));
    return all;
  }

  /** The same inode, which SQLite may have open. */
  private static IndexDamage inPlace(Damage damage) {
    return new IndexDamage(
        damage.name(),
        index -> {
          byte[] bad = damage.effect().apply(Files.readAllBytes(index));
          Files.write(index, bad, StandardOpenOption.TRUNCATE_EXISTING);
        });
  }

  private static void replace(Path index, byte[] content) throws IOException {
    delete(index);
    Files.write(index, content);
  }

  private static void folder(Path index) throws IOException {
    delete(index);
    Files.createDirectory(index);
  }

  private static void delete(Path index) throws IOException {
    for (String companion : WITH_ITS_COMPANIONS) {
      Path file = index.resolveSibling(index.getFileName() + companion);
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(file);
      }
    }
  }
}
