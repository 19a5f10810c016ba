package dev.stravinsky.backup;

import dev.stravinsky.api.FileModes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Trees of files as they come, from a seed: sizes, names, modes, times, links of every kind. */
final class SampleTree {
  private static final String[] NAMES = {
    "a",
    "guard.py",
    "with space",
    "é",
    "日本語.md",
    "-rf",
    "*",
    "q'uote",
    "dots..",
    "b".repeat(90),
    "c".repeat(180),
    "ünïcode".repeat(12),
    "new\nline",
    "tab\t",
    "%41",
    "back\\slash"
  };

  private final Random random;
  private final boolean anyBytes;
  private final List<Path> files = new ArrayList<>();

  private SampleTree(Random random, boolean anyBytes) {
    this.random = random;
    this.anyBytes = anyBytes;
  }

  /**
   * Fills an empty directory.
   *
   * @param anyBytes whether names that are no UTF-8 come too, which not every program can read
   */
  static void grow(Path top, Random random, int entries, boolean anyBytes) throws IOException {
    SampleTree tree = new SampleTree(random, anyBytes);
    List<Path> directories = new ArrayList<>(List.of(top));
    for (int i = 0; i < entries; i++) {
      Path parent = directories.get(random.nextInt(directories.size()));
      Path place = tree.name(parent, i);
      switch (random.nextInt(10)) {
        case 0, 1 -> directories.add(Files.createDirectory(place));
        case 2 -> tree.link(place);
        case 3 -> tree.hardLink(place);
        default -> tree.file(place);
      }
    }
  }

  private Path name(Path parent, int number) {
    if (anyBytes && random.nextInt(8) == 0) {
      return Path.of(URI.create(parent.toUri() + "/%FF%FE" + number));
    }
    return parent.resolve(NAMES[random.nextInt(NAMES.length)] + number);
  }

  private void link(Path place) throws IOException {
    String[] targets = {"../nowhere", "/absolute/nothing", "sibling", "ü", "x".repeat(150)};
    Files.createSymbolicLink(place, Path.of(targets[random.nextInt(targets.length)]));
  }

  private void hardLink(Path place) throws IOException {
    if (files.isEmpty()) {
      file(place);
    } else {
      Files.createLink(place, files.get(random.nextInt(files.size())));
    }
  }

  private void file(Path place) throws IOException {
    int[] sizes = {0, 1, 511, 512, 513, 4_000, 65_536, 65_537, 200_000, 5_000_000};
    int kind = random.nextInt(sizes.length * 3);
    byte[] content = new byte[kind < sizes.length ? sizes[kind] : random.nextInt(9_000)];
    random.nextBytes(content);
    if (random.nextBoolean()) {
      java.util.Arrays.fill(content, (byte) 'x');
    }
    Files.write(place, content);
    int[] modes = {0644, 0755, 0600, 0444, 0640};
    Files.setPosixFilePermissions(
        place, FileModes.toPermissions(modes[random.nextInt(modes.length)]));
    long[] seconds = {0, 1, 1_700_000_000L, 4_000_000_000L, 951_782_400L};
    Instant time =
        Instant.ofEpochSecond(
            seconds[random.nextInt(seconds.length)],
            random.nextBoolean() ? random.nextInt(1_000_000_000) : 0);
    Files.setLastModifiedTime(place, FileTime.from(time));
    files.add(place);
  }
}
