package dev.stravinsky.transaction;

import dev.stravinsky.api.EntryPath;
import java.nio.file.Path;

/** Absolute paths in JSON: percent-encoded {@code file:} URIs, which keep names of any bytes. */
final class StoredPath {
  private static final String PREFIX = "file:///";

  private StoredPath() {}

  static String encode(Path absolute) {
    return PREFIX + EntryPath.relativize(absolute.getRoot(), absolute).encoded();
  }

  /** The path in the file system of {@code anyPath}. */
  static Path decode(String uri, Path anyPath) {
    if (!uri.startsWith(PREFIX)) {
      throw new IllegalArgumentException("not a file URI: " + uri);
    }
    return new EntryPath(uri.substring(PREFIX.length()))
        .resolveIn(anyPath.toAbsolutePath().getRoot());
  }
}
