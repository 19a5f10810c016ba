package dev.stravinsky.cli.command;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.UsageException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A word that has to be the name of a file to be written. */
final class TypedFile {
  private TypedFile() {}

  /** Refuses what cannot be one, with the command to type instead. */
  static Path of(String typed, Environment environment, String next) {
    try {
      Path file =
          environment.expand(typed, environment.workingDirectory()).toAbsolutePath().normalize();
      if (!typed.isBlank() && !typed.endsWith("/") && file.getFileName() != null) {
        return file;
      }
    } catch (InvalidPathException e) {
      // Told below: no such file can exist.
    }
    throw notWritten("\"" + typed + "\" is no name of a file", next);
  }

  /** For words that are wrong before anything is written. */
  static UsageException notWritten(String what, String next) {
    return new UsageException(
        Problem.of(ErrorKind.UNKNOWN, what).leaving("nothing was written").next(next));
  }
}
