package dev.stravinsky.cli.command;

import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.UsageException;

/** A word that has to be a version. */
final class TypedVersion {
  private TypedVersion() {}

  /** Refuses what cannot be one, with the command to type instead. */
  static Version of(String typed, String next) {
    if (!Version.isValid(typed)) {
      throw new UsageException(
          Problem.of(
                  ErrorKind.UNKNOWN,
                  "\""
                      + typed
                      + "\" cannot be a version: no spaces, slashes, @ or signs of a shell, and no"
                      + " dot or dash first")
              .leaving("nothing was changed")
              .next(next));
    }
    return new Version(typed);
  }
}
