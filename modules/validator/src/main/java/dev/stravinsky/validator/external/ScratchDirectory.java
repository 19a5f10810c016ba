package dev.stravinsky.validator.external;

import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The directory under the system's temporary one that a plugin host keeps its bundles in. The host
 * removes it itself; this is for a host that could not.
 */
final class ScratchDirectory {
  private final Path directory;

  private ScratchDirectory(Path directory) {
    this.directory = directory;
  }

  /**
   * The directory as the host named it; empty if that can be none of its own. A plugin may write
   * what it likes to the host's output, and this one will be deleted.
   */
  static Optional<ScratchDirectory> of(String uri, long processId) {
    Path directory;
    try {
      directory = Path.of(URI.create(uri));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
    Path temporary = directory.getFileSystem().getPath(System.getProperty("java.io.tmpdir"));
    boolean hosts =
        temporary.equals(directory.getParent())
            && directory
                .getFileName()
                .toString()
                .matches("stravinsky-plugins-" + processId + "-[0-9]+");
    return hosts ? Optional.of(new ScratchDirectory(directory)) : Optional.empty();
  }

  /** Nothing depends on it: what cannot be removed stays, and a later host sweeps it. */
  void remove() {
    try {
      FileWrites.deleteTree(directory);
    } catch (IOException e) {
      return;
    }
  }
}
