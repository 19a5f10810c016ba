package dev.stravinsky.api.platform;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * What the file API of the JDK lacks and the promises need: exchange, rename without replacing,
 * {@code syncfs}, locks that mean something. One implementation speaks to the operating system,
 * another belongs to the fault-injecting file systems of the test kit.
 *
 * <p>Every method throws {@link IOException} with the operating system's words on failure, and then
 * nothing was changed. What a platform or file system cannot do is told by {@link #capabilities},
 * never by a silent substitute.
 */
public interface PlatformFiles {

  /** The one for this machine, found by {@link ServiceLoader}. */
  static PlatformFiles system() {
    return ServiceLoader.load(PlatformFiles.class)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no module provides " + PlatformFiles.class));
  }

  /**
   * Takes the time that the first of the other calls would take more than the later ones. Nothing
   * depends on it; another thread may do it while this one has something else to do.
   */
  default void warmUp() {}

  /**
   * Finds by trying on scratch files in {@code directory}, which it removes again, what the file
   * system there can do.
   */
  Capabilities capabilities(Path directory) throws IOException;

  /**
   * Atomically swaps two existing files or links of one file system, neither followed; afterwards
   * each name refers to the other's inode and at no moment is either missing.
   *
   * @throws UnsupportedOperationException if {@link Capabilities#exchange()} is false there
   */
  void exchange(Path one, Path other) throws IOException;

  /**
   * Renames without ever replacing.
   *
   * @throws java.nio.file.FileAlreadyExistsException if {@code to} exists; nothing was changed
   * @throws java.nio.file.AtomicMoveNotSupportedException if they are on two file systems, or on
   *     two mounts of one; nothing was changed
   */
  void renameNoReplace(Path from, Path to) throws IOException;

  /**
   * Opens the file system that {@code directory} is on for one force of everything; to be opened
   * before the writing, so that write errors in between are reported.
   *
   * @throws UnsupportedOperationException if {@link Capabilities#fileSystemSync()} is false there
   */
  FileSystemSync openSync(Path directory) throws IOException;

  /**
   * Takes a lock of the open file description ({@code F_OFD_SETLK}; elsewhere the JDK's lock),
   * which the closing of another descriptor does not free. Creates the file if it does not exist.
   *
   * @return empty if another process or another lease of this one holds it
   */
  Optional<Lease> tryLock(Path file, LockMode mode) throws IOException;

  /** Takes an advisory {@code flock} on a directory or file that exists. */
  Optional<Lease> tryFlock(Path existing, LockMode mode) throws IOException;

  /** Whether a {@code fcntl} or {@code flock} lock of another process is on the file. */
  boolean lockedByOther(Path file) throws IOException;

  /**
   * Who holds such locks, for people: {@code process 4711 (python3)}.
   *
   * @return empty where the system does not tell
   */
  default List<String> lockHolders(Path file) throws IOException {
    return List.of();
  }

  /**
   * Every mount point, those of single files too, of the system that the path belongs to; empty
   * where the system does not tell. A mount point can be neither exchanged nor renamed nor removed.
   */
  Set<Path> mountPoints(Path anyPath) throws IOException;

  /**
   * Whether any process, this one too, can still write to a file's content without opening it
   * again: through a descriptor or a shared mapping.
   *
   * @return empty where the system does not tell, for example of somebody else's file
   */
  default Optional<Boolean> openForWriting(Path file) throws IOException {
    return Optional.empty();
  }

  /**
   * Takes away what group and others may do with a file or directory; does nothing where a file
   * system has no permission bits.
   */
  void makePrivate(Path existing) throws IOException;

  /** A number that changes with every boot of this machine, where there is one. */
  Optional<String> bootId();

  /**
   * What the file system of a directory can do.
   *
   * @param exchange {@code renameat2(RENAME_EXCHANGE)} or an equal
   * @param noReplace a rename that never replaces
   * @param fileSystemSync one call that forces a whole file system and reports errors
   * @param flock advisory locks on directories
   */
  record Capabilities(boolean exchange, boolean noReplace, boolean fileSystemSync, boolean flock) {}

  /** Shared or exclusive. */
  enum LockMode {
    SHARED,
    EXCLUSIVE
  }

  /** A held lock; closing frees it, and so does the end of the process. */
  interface Lease extends Closeable {
    @Override
    void close();
  }

  /** A file system that can be forced as a whole. */
  interface FileSystemSync extends Closeable {
    /** Returns when everything written to the file system before the call is on stable storage. */
    void sync() throws IOException;

    @Override
    void close();
  }
}
