package dev.stravinsky.claude;

import dev.stravinsky.api.Presence;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a path really leads, also one that does not exist yet. */
public final class RealPlace {
  private static final int MAX_LINKS = 40;

  private RealPlace() {}

  /**
   * The path with every link in it followed; what does not exist is kept as written, and a dangling
   * link stands for the place that it points to: that is where a write through it would create the
   * file.
   */
  public static Path of(Path path) throws IOException {
    return resolve(path.toAbsolutePath().normalize(), MAX_LINKS);
  }

  /** The same, but a link in the last place is itself meant. */
  public static Path ofEntry(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    return parent == null ? absolute : of(parent).resolve(absolute.getFileName());
  }

  private static Path resolve(Path path, int linksLeft) throws IOException {
    if (linksLeft == 0) {
      throw new FileSystemLoopException(path.toString());
    }
    if (Presence.exists(path)) {
      return path.toRealPath();
    }
    if (path.getParent() == null) {
      return path;
    }
    if (Presence.isSymbolicLink(path)) {
      Path target = path.getParent().resolve(Files.readSymbolicLink(path)).normalize();
      return resolve(target, linksLeft - 1);
    }
    return resolve(path.getParent(), linksLeft).resolve(path.getFileName());
  }
}
