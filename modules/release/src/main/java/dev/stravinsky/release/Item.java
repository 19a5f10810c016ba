package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import java.util.Objects;

/**
 * One entry of a folder or archive, its name already found harmless.
 *
 * @param mode the permission bits, {@link #NO_MODE} where the source has none
 * @param link where a symbolic link points, percent-encoded; for a hard link the encoded path of
 *     the entry that has the content; otherwise empty
 */
record Item(EntryPath path, Kind kind, int mode, String link) {
  /** The source knows no permission bits (a zip made on another system). */
  static final int NO_MODE = -1;

  Item {
    Objects.requireNonNull(path);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(link);
  }

  enum Kind {
    FILE,
    DIRECTORY,
    LINK,
    HARD_LINK,
    /** A device, a pipe, a socket: nothing that a release may have. */
    SPECIAL
  }

  /** The path as seen from a folder above. */
  EntryPath below(EntryPath folder) {
    String encoded = path.encoded();
    return folder.encoded().isEmpty()
        ? path
        : new EntryPath(
            encoded.substring(Math.min(encoded.length(), folder.encoded().length() + 1)));
  }
}
