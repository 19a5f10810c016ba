package dev.stravinsky.claude.protections;

import dev.stravinsky.api.error.ErrorKind;
import java.nio.file.Path;

/**
 * A protection that would be off.
 *
 * @param file where to look: where it stands now, or what makes it weaker
 * @param line counted from 1
 * @param message without {@code protection off}
 * @param blocks whether the update is not to be installed because of it
 * @param stood the settings file in which it stands now
 */
record Lost(Path file, int line, ErrorKind kind, String message, boolean blocks, Path stood) {

  /** Settings that do not say it any more. */
  Lost(Path file, int line, String message, boolean blocks) {
    this(file, line, ErrorKind.SCHEMA_ERROR, message, blocks, file);
  }

  Lost asWarning() {
    return new Lost(file, line, kind, message, false, stood);
  }
}
