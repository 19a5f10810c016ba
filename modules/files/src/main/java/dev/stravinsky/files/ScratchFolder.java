package dev.stravinsky.files;

import dev.stravinsky.api.Presence;
import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A folder for the time of one command. Its user holds a {@code flock} on it, so that a later
 * command can tell one that a kill left from one that is in use, also by a command that holds no
 * other lock.
 */
public final class ScratchFolder implements Closeable {
  private static final int ATTEMPTS = 100;

  /** Where nothing can be locked only age tells: no command works for as long as that. */
  private static final Duration SURELY_DEAD = Duration.ofDays(1);

  private final Path directory;
  private final Optional<Lease> lease;

  private ScratchFolder(Path directory, Optional<Lease> lease) {
    this.directory = directory;
    this.lease = lease;
  }

  /**
   * Makes an empty private folder.
   *
   * @param names a fresh name at each call
   * @throws IOException with nothing left behind but {@code parent}
   */
  public static ScratchFolder create(PlatformFiles platform, Path parent, Supplier<String> names)
      throws IOException {
    Durable.createDirectories(parent);
    for (int i = 0; i < ATTEMPTS; i++) {
      Path folder = parent.resolve(names.get());
      FileWrites.createDirectory(folder, FileWrites.PRIVATE_DIRECTORY);
      Optional<ScratchFolder> made = occupy(platform, folder);
      if (made.isPresent()) {
        return made.get();
      }
    }
    throw new FileAlreadyExistsException(parent.toString(), null, "every new folder is swept");
  }

  /** Empty if a sweep took it for dead in the moment before it was locked. */
  private static Optional<ScratchFolder> occupy(PlatformFiles platform, Path folder)
      throws IOException {
    try {
      Optional<Lease> lease = platform.tryFlock(folder, LockMode.EXCLUSIVE);
      if (lease.isEmpty()) {
        return Optional.empty();
      }
      if (Presence.isDirectory(folder)) {
        return Optional.of(new ScratchFolder(folder, lease));
      }
      lease.get().close();
      return Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (UnsupportedOperationException e) {
      return Optional.of(new ScratchFolder(folder, Optional.empty()));
    } catch (IOException | RuntimeException e) {
      FileWrites.removeAfter(e, folder);
      throw e;
    }
  }

  /** Where it is. */
  public Path directory() {
    return directory;
  }

  /** Removes it with all that is in it. */
  @Override
  public void close() throws IOException {
    try {
      FileWrites.deleteTree(directory);
    } finally {
      lease.ifPresent(Lease::close);
    }
  }

  /**
   * Removes every folder in {@code parent} whose user is gone. One at a time: the caller holds the
   * home's lock.
   *
   * @param now to tell the age where nothing can be locked
   */
  public static void sweep(PlatformFiles platform, Path parent, Instant now) throws IOException {
    if (!Presence.isDirectory(parent)) {
      return;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(parent)) {
      for (Path each : all) {
        if (Presence.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
          sweepOne(platform, each, now);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static void sweepOne(PlatformFiles platform, Path folder, Instant now)
      throws IOException {
    try {
      Optional<Lease> dead = platform.tryFlock(folder, LockMode.EXCLUSIVE);
      if (dead.isPresent()) {
        try (Lease held = dead.get()) {
          FileWrites.deleteTree(folder);
        }
      }
    } catch (NoSuchFileException e) {
      // Its user was faster.
    } catch (UnsupportedOperationException e) {
      if (Files.getLastModifiedTime(folder).toInstant().isBefore(now.minus(SURELY_DEAD))) {
        FileWrites.deleteTree(folder);
      }
    }
  }
}
