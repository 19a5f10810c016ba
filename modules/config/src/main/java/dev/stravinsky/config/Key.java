package dev.stravinsky.config;

import java.util.Locale;
import java.util.Optional;

/**
 * Something that can be set.
 *
 * @param path {@code section.name}, or a name at the top level
 * @param fallback the value where nothing is said
 */
record Key<T>(String path, Kind<T> kind, T fallback) {

  /** The environment variable that outranks the file. */
  String variable() {
    return "STRAVINSKY_" + path.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** The section that it is in; empty at the top level. */
  Optional<String> section() {
    int dot = path.indexOf('.');
    return dot < 0 ? Optional.empty() : Optional.of(path.substring(0, dot));
  }

  /** Its name in the section. */
  String name() {
    return path.substring(path.indexOf('.') + 1);
  }
}
