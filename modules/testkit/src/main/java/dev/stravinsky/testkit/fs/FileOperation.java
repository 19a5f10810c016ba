package dev.stravinsky.testkit.fs;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One thing that a program does to the file system.
 *
 * @param kind what it is
 * @param path the entry, as the program named it
 * @param other the second entry of a rename, exchange or link
 * @param bytes how much is read or written, where that counts
 * @param number the place among the operations that {@linkplain Kind#changes() change} something,
 *     counted from 1; 0 for one that changes nothing
 */
public record FileOperation(Kind kind, Path path, Optional<Path> other, long bytes, long number) {

  @Override
  public String toString() {
    return (number > 0 ? "#" + number + " " : "")
        + kind
        + " "
        + path
        + other.map(o -> " " + o).orElse("")
        + (bytes > 0 ? " (" + bytes + " bytes)" : "");
  }

  /** The kinds of operations. */
  public enum Kind {
    STAT(false, false),
    LIST(false, false),
    /** For reading; also of a directory. */
    OPEN(false, false),
    /** Of a file that exists, which stays as it is. */
    OPEN_FOR_WRITING(false, false),
    /** Of a file that exists, which is empty then. */
    OPEN_TRUNCATING(true, false),
    READ(false, false),
    LOCK(false, false),
    CREATE(true, true),
    WRITE(true, true),
    /** Of an open file. */
    TRUNCATE(true, false),
    FORCE(true, false),
    SYNC(true, false),
    MAKE_DIRECTORY(true, true),
    SYMLINK(true, true),
    LINK(true, true),
    COPY(true, true),
    RENAME(true, false),
    EXCHANGE(true, false),
    DELETE(true, false),
    SET_ATTRIBUTE(true, false);

    private final boolean changes;
    private final boolean takesSpace;

    Kind(boolean changes, boolean takesSpace) {
      this.changes = changes;
      this.takesSpace = takesSpace;
    }

    /** Whether it changes what is on the disk, or what is safe there. */
    public boolean changes() {
      return changes;
    }

    /** Whether a full disk refuses it. */
    public boolean takesSpace() {
      return takesSpace;
    }
  }
}
