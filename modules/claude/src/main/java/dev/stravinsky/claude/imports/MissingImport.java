package dev.stravinsky.claude.imports;

import dev.stravinsky.claude.hooks.Script;

/**
 * Something that a script imports and that would not be there.
 *
 * @param line counted from 1
 * @param message what is missing where, without a line number
 * @param certain whether the script cannot start without it
 */
record MissingImport(Script script, int line, String message, boolean certain) {

  MissingImport uncertain() {
    return new MissingImport(script, line, message, false);
  }
}
