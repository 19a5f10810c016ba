package dev.stravinsky.files;

import dev.stravinsky.api.Presence;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where writing to a name ends up. */
final class Links {
  private static final int MOST = 40; // As the kernel.

  private Links() {}

  /** The file at the end of the chain of links, which need not exist; the name itself if none. */
  static Path end(Path file) throws IOException {
    Path at = file;
    for (int i = 0; i < MOST; i++) {
      if (!Presence.isSymbolicLink(at)) {
        return at;
      }
      at = at.resolveSibling(Files.readSymbolicLink(at));
    }
    throw new FileSystemLoopException(file.toString());
  }
}
