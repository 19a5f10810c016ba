package dev.stravinsky.files;

import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.api.platform.PlatformFiles.FileSystemSync;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One call that brings all that was written to the disk, where there is such a call: it forces the
 * whole file system. Opened before anything is written, so that errors in between are told.
 */
public final class WholeForce implements Closeable {
  private final Optional<FileSystemSync> sync;

  private WholeForce(Optional<FileSystemSync> sync) {
    this.sync = sync;
  }

  /** Of the file system that a directory is on; to be called before the first write. */
  public static WholeForce before(PlatformFiles platform, Path directory) throws IOException {
    try {
      return new WholeForce(Optional.of(platform.openSync(directory)));
    } catch (UnsupportedOperationException e) {
      return none();
    }
  }

  /** For what is so little that each file by itself costs less. */
  public static WholeForce none() {
    return new WholeForce(Optional.empty());
  }

  /**
   * Forces all that was written since.
   *
   * @return whether there is such a call; if not, nothing was done, and each file and directory has
   *     to be forced by itself
   */
  public boolean force() throws IOException {
    if (sync.isPresent()) {
      sync.get().sync();
    }
    return sync.isPresent();
  }

  @Override
  public void close() {
    sync.ifPresent(FileSystemSync::close);
  }
}
