package dev.stravinsky.api;

import java.util.Objects;

/**
 * What is at a path, as far as it counts for "is it the same": type, content and mode. Times,
 * owners and extended attributes are kept but are no difference.
 */
public sealed interface EntryState {

  /** Nothing is there. */
  EntryState ABSENT = new Absent();

  /** Nothing is there. */
  record Absent() implements EntryState {
    @Override
    public boolean equals(Object other) {
      return other instanceof Absent;
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }

  /**
   * A regular file.
   *
   * @param mode the permission bits, 0 to 07777
   */
  record Regular(Sha256 sha256, long sizeBytes, int mode) implements EntryState {
    public Regular {
      Objects.requireNonNull(sha256);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Regular that
          && sha256.equals(that.sha256)
          && sizeBytes == that.sizeBytes
          && mode == that.mode;
    }

    @Override
    public int hashCode() {
      return 31 * sha256.hashCode() + mode;
    }
  }

  /**
   * A symbolic link, dangling or not.
   *
   * @param target where it points, its bytes percent-encoded as in {@link EntryPath#encoded()}, but
   *     free to be absolute or to lead upwards
   */
  record Link(String target) implements EntryState {
    public Link {
      Objects.requireNonNull(target);
    }
  }

  /** A directory. */
  record Directory(int mode) implements EntryState {}
}
