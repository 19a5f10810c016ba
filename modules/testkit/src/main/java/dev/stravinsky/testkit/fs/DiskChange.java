package dev.stravinsky.testkit.fs;

import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What an operation does to the inodes of a file system: each is one thing that a power cut may
 * lose or leave. Inodes are numbers that are never given twice.
 */
public sealed interface DiskChange {

  /** The kinds of inodes. */
  enum Kind {
    FILE,
    DIRECTORY,
    LINK
  }

  /**
   * What an inode says of itself beside its content.
   *
   * @param named further attributes by name, of the view {@code user}
   */
  record Attributes(
      Set<PosixFilePermission> permissions, FileTime modified, Map<String, List<Byte>> named) {
    public Attributes {
      permissions = Set.copyOf(permissions);
      named = Map.copyOf(named);
    }
  }

  /**
   * An inode comes into being, empty and without a name; by itself it can be neither found nor
   * lost.
   *
   * @param linkTarget where a symbolic link leads, empty for others
   */
  record Born(long inode, Kind kind, String linkTarget, Attributes attributes)
      implements DiskChange {}

  /** Entries of directories change all at once: made, removed, renamed or exchanged. */
  record Named(List<Entry> entries) implements DiskChange {
    public Named {
      entries = List.copyOf(entries);
    }
  }

  /** What a name in a directory leads to from now on; nothing if it is removed. */
  record Entry(long directory, String name, OptionalLong inode) {}

  /** Bytes of a file. The array is not to be changed. */
  record Written(long inode, long position, byte[] bytes) implements DiskChange {}

  /** The length of a file, cut or filled with zeros. */
  record Resized(long inode, long size) implements DiskChange {}

  /** Modes, times and further attributes, as they are now. */
  record Attributed(long inode, Attributes attributes) implements DiskChange {}

  /** An inode was forced: its content, its attributes, and the entries of a directory. */
  record Forced(long inode) implements DiskChange {}

  /** Everything was forced. */
  record AllForced() implements DiskChange {}

  /**
   * A force failed. As on Linux, what was not yet written of this inode will never be, though it
   * can still be read and the next force says that all is well.
   */
  record ForceFailed(long inode) implements DiskChange {}

  /** The same for everything. */
  record AllForceFailed() implements DiskChange {}

  /**
   * An operation and what it did.
   *
   * @param operation the operation
   * @param changes in their order; none if it was refused or changed nothing
   */
  record Done(FileOperation operation, List<DiskChange> changes) {
    public Done {
      changes = List.copyOf(changes);
    }
  }

  /**
   * All that was done to a file system for a while.
   *
   * @param existing what was there before, as changes that were forced
   * @param done every operation that changes something, in their order
   */
  record Recorded(List<DiskChange> existing, List<Done> done) {
    public Recorded {
      existing = List.copyOf(existing);
      done = List.copyOf(done);
    }
  }
}
