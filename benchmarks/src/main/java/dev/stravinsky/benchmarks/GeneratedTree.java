package dev.stravinsky.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;

/**
 * Files as they are in a configuration: scripts of some kilobytes that compress to a third or so,
 * nearly all of them comments, and every fiftieth a large one. The same count and seed give the
 * same files.
 */
final class GeneratedTree {
  private static final int FOLDERS = 23;
  private static final int LARGE_EVERY = 50;
  private static final Instant MODIFIED = Instant.parse("2026-01-01T00:00:00.5Z");

  private final Random random;
  private final String[] words = new String[2_000];

  private GeneratedTree(long seed) {
    random = new Random(seed);
    for (int i = 0; i < words.length; i++) {
      StringBuilder word = new StringBuilder();
      for (int length = 2 + random.nextInt(8); length > 0; length--) {
        word.append((char) ('a' + random.nextInt(26)));
      }
      words[i] = word.toString();
    }
  }

  static void write(Path top, int files, long seed) throws IOException {
    GeneratedTree tree = new GeneratedTree(seed);
    for (int i = 0; i < files; i++) {
      Path folder = Files.createDirectories(top.resolve("folder" + i % FOLDERS));
      int size =
          i % LARGE_EVERY == LARGE_EVERY - 1
              ? 100_000 + tree.random.nextInt(1_900_000)
              : (int) Math.exp(8.5 + 1.4 * tree.random.nextGaussian());
      Path file = folder.resolve("hook" + i + ".py");
      Files.write(file, tree.content(size));
      Files.setLastModifiedTime(file, FileTime.from(MODIFIED));
    }
  }

  private byte[] content(int size) {
    StringBuilder text = new StringBuilder(size + 16).append("# ");
    while (text.length() < size) {
      text.append(words[random.nextInt(words.length)]);
      text.append(random.nextInt(6) == 0 ? "\n# " : " ");
    }
    return text.substring(0, size).getBytes(StandardCharsets.US_ASCII);
  }
}
