package dev.stravinsky.files;

import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/** The JDK's file locks, where there are no locks of open file descriptions. */
final class JdkLocks {
  private JdkLocks() {}

  static Optional<Lease> tryLock(Path file, LockMode mode) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
            Modes.attributes(file, FileWrites.PRIVATE_FILE));
    FileLock lock = null;
    try {
      lock = channel.tryLock(0, Long.MAX_VALUE, mode == LockMode.SHARED);
    } catch (OverlappingFileLockException e) {
      // Another lease of this process: for the caller the same as another process's.
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    return Optional.ofNullable(lock).map(held -> () -> close(channel));
  }

  /** Tries to lock for a moment. */
  static boolean lockedByOther(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
