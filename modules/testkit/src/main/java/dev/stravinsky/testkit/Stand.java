package dev.stravinsky.testkit;

import dev.stravinsky.testkit.fs.TreeCopy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A directory of the real disk in which worlds stand one at a time: a copy has the paths of the
 * original, which is put aside, untouched, until the copy is no longer needed.
 *
 * @param directory where the world is
 * @param aside where the original is meanwhile, if this is a copy
 */
record Stand(Path directory, Optional<Path> aside) {
  Stand(Path directory) {
    this(directory, Optional.empty());
  }

  /** Puts an equal world in the place of the one that is there. */
  Stand occupied() throws IOException {
    Path original = free(directory);
    Files.move(directory, original);
    try {
      Files.createDirectory(directory);
      new TreeCopy().copy(original, directory);
    } catch (IOException | RuntimeException e) {
      delete(directory);
      Files.move(original, directory);
      throw e;
    }
    return new Stand(directory, Optional.of(original));
  }

  private static Path free(Path directory) {
    int number = 1;
    while (Files.exists(directory.resolveSibling(directory.getFileName() + ".aside" + number))) {
      number++;
    }
    return directory.resolveSibling(directory.getFileName() + ".aside" + number);
  }

  /** Puts the original back, if this is a copy; else everything stays. */
  void leave() throws IOException {
    if (aside.isPresent()) {
      delete(directory);
      Files.move(aside.get(), directory);
    }
  }

  private static void delete(Path top) throws IOException {
    try (Stream<Path> all = Files.walk(top)) {
      all.sorted(Comparator.reverseOrder()).forEach(Stand::deleteOne);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void deleteOne(Path entry) {
    try {
      Files.deleteIfExists(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
