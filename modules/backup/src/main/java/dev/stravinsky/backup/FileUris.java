package dev.stravinsky.backup;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Scope;
import java.nio.file.Path;

/** Absolute paths as {@code file:} URIs, which keep names of any bytes, and back. */
final class FileUris {
  private static final String START = "file:///";
  private static final String PROJECT = "project:";

  private FileUris() {}

  static String of(Path absolute) {
    return START + EntryPath.relativize(absolute.getRoot(), absolute).encoded();
  }

  /** The path on the file system of {@code anyPath}. */
  static Path path(String uri, Path anyPath) {
    if (!uri.startsWith(START)) {
      throw new IllegalArgumentException("not a file: URI: " + uri);
    }
    Path root = anyPath.toAbsolutePath().getRoot();
    return new EntryPath(uri.substring(START.length())).resolveIn(root);
  }

  /** The scope that {@link Scope#key} was written of. */
  static Scope scope(String key, Path anyPath) {
    if (key.equals(Scope.USER.key())) {
      return Scope.USER;
    }
    if (!key.startsWith(PROJECT)) {
      throw new IllegalArgumentException("not a scope: " + key);
    }
    return Scope.project(path(START + key.substring(PROJECT.length()), anyPath));
  }
}
