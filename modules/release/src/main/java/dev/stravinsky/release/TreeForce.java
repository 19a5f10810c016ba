package dev.stravinsky.release;

import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.api.platform.PlatformFiles.FileSystemSync;
import dev.stravinsky.files.Durable;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/**
 * Forces a tree that is about to be written: file by file, or all at once where that is cheaper.
 */
final class TreeForce implements Closeable {
  /** From so many files on one force of the whole file system is worth its cost to others. */
  private static final int MANY = 16;

  private final Optional<FileSystemSync> whole;

  private TreeForce(Optional<FileSystemSync> whole) {
    this.whole = whole;
  }

  /** To be called before the first write. */
  static TreeForce before(int files, PlatformFiles platform, Path directory) throws IOException {
    return new TreeForce(
        files >= MANY && platform.capabilities(directory).fileSystemSync()
            ? Optional.of(platform.openSync(directory))
            : Optional.empty());
  }

  /** Returns when all of it is on the disk. */
  void force(Collection<Path> files, Collection<Path> directories) throws IOException {
    if (whole.isPresent()) {
      whole.get().sync();
      return;
    }
    for (Path file : files) {
      Durable.force(file);
    }
    for (Path directory : directories) {
      Durable.forceDirectory(directory);
    }
  }

  @Override
  public void close() {
    whole.ifPresent(FileSystemSync::close);
  }
}
