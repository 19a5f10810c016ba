package dev.stravinsky.testkit.fs;

import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Errors of the operating system, with Linux's words and the JDK's exceptions, each with the kinds
 * of operations that Linux's manual pages say it can hit. A sweep that fails each operation with
 * each error takes its list from {@link #thatCanHit}.
 */
public enum Errno {
  ENOSPC("No space left on device", Hits.TAKING_SPACE),
  EDQUOT("Disk quota exceeded", Hits.TAKING_SPACE),
  EIO("Input/output error", Hits.TOUCHING_THE_DISK),
  EACCES("Permission denied", Hits.BY_NAME),
  EPERM("Operation not permitted", Hits.CHANGING_BY_NAME),
  EROFS("Read-only file system", Hits.NEEDING_A_WRITABLE_DISK),
  EMFILE("Too many open files", Hits.OPENING),
  EBUSY("Device or resource busy", EnumSet.of(Kind.RENAME, Kind.EXCHANGE, Kind.DELETE)),
  EXDEV("Invalid cross-device link", EnumSet.of(Kind.RENAME, Kind.EXCHANGE, Kind.LINK)),
  ENOLCK("No locks available", EnumSet.of(Kind.LOCK));

  private final String words;
  private final Set<Kind> kinds;

  Errno(String words, Set<Kind> kinds) {
    this.words = words;
    this.kinds = Collections.unmodifiableSet(kinds);
  }

  /** What {@code strerror} says. */
  public String words() {
    return words;
  }

  /** Whether Linux can refuse such an operation with this error. */
  public boolean canHit(Kind kind) {
    return kinds.contains(kind);
  }

  /** Every error with which Linux can refuse such an operation. */
  public static Set<Errno> thatCanHit(Kind kind) {
    Set<Errno> errors = EnumSet.noneOf(Errno.class);
    for (Errno errno : values()) {
      if (errno.canHit(kind)) {
        errors.add(errno);
      }
    }
    return errors;
  }

  /** The exception for an operation on paths. */
  IOException on(Path path, Optional<Path> other) {
    String second = other.map(Path::toString).orElse(null);
    return this == EACCES
        ? new AccessDeniedException(path.toString(), second, null)
        : new FileSystemException(path.toString(), second, words);
  }

  /** The exception for an operation on an open file, which in the JDK names no path. */
  IOException onOpenFile() {
    return new IOException(words);
  }

  /** Kinds that fail alike. */
  private static final class Hits {
    /** What makes entries or content, and what finds out late that there was no room. */
    static final Set<Kind> TAKING_SPACE =
        EnumSet.of(
            Kind.CREATE,
            Kind.WRITE,
            Kind.MAKE_DIRECTORY,
            Kind.SYMLINK,
            Kind.LINK,
            Kind.COPY,
            Kind.RENAME, // The directory may need a new block for the name.
            Kind.FORCE, // Space is allocated when the data go to the disk.
            Kind.SYNC);

    static final Set<Kind> OPENING =
        EnumSet.of(
            Kind.OPEN,
            Kind.OPEN_FOR_WRITING,
            Kind.OPEN_TRUNCATING,
            Kind.CREATE,
            Kind.LIST,
            Kind.COPY);

    static final Set<Kind> CHANGING_BY_NAME =
        EnumSet.of(
            Kind.OPEN_FOR_WRITING,
            Kind.OPEN_TRUNCATING,
            Kind.CREATE,
            Kind.MAKE_DIRECTORY,
            Kind.SYMLINK,
            Kind.LINK,
            Kind.COPY,
            Kind.RENAME,
            Kind.EXCHANGE,
            Kind.DELETE,
            Kind.SET_ATTRIBUTE);

    static final Set<Kind> BY_NAME =
        with(CHANGING_BY_NAME, EnumSet.of(Kind.STAT, Kind.LIST, Kind.OPEN));

    /** Open files too: ext4 makes itself read-only when it finds an error. */
    static final Set<Kind> NEEDING_A_WRITABLE_DISK =
        with(CHANGING_BY_NAME, EnumSet.of(Kind.WRITE, Kind.TRUNCATE, Kind.FORCE));

    static final Set<Kind> TOUCHING_THE_DISK = EnumSet.complementOf(EnumSet.of(Kind.LOCK));

    private static Set<Kind> with(Set<Kind> some, Set<Kind> others) {
      EnumSet<Kind> all = EnumSet.copyOf(some);
      all.addAll(others);
      return all;
    }
  }
}
