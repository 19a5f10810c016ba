package dev.stravinsky.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Whether something is there. {@link Files#exists} says no also where nobody can tell, and a target
 * that a disk could not show for a moment would be taken for one that the user deleted.
 */
public final class Presence {
  private Presence() {}

  /** Throws if it cannot be told; a link that leads to nothing or in a circle is nothing. */
  static boolean of(Path path, LinkOption... options) throws IOException {
    return attributes(path, options).isPresent();
  }

  /** What is there, if anything is; throws if it cannot be told. */
  static Optional<BasicFileAttributes> attributes(Path path, LinkOption... options)
      throws IOException {
    try {
      return Optional.of(Files.readAttributes(path, BasicFileAttributes.class, options));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      if (options.length == 0 && Files.isSymbolicLink(path) || isBelowFile(path)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether a file is where a directory above this path would be, so that nothing can be here. */
  public static boolean isBelowFile(Path path) {
    for (Path above = path.getParent(); above != null; above = above.getParent()) {
      if (Files.isRegularFile(above)) {
        return true;
      }
    }
    return false;
  }
}
