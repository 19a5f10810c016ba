package dev.stravinsky.api.error;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One thing that went wrong, told so that a tired person knows what to do.
 *
 * @param kind the row of the error matrix
 * @param message what happened, a sentence without its full stop
 * @param file where, if it is about a file
 * @param line the line in that file, counted from 1
 * @param unchanged what was left as it was, for example "your hooks are as they were"
 * @param nextCommand the command to type next
 */
public record Problem(
    ErrorKind kind,
    String message,
    Optional<Path> file,
    OptionalInt line,
    Optional<String> unchanged,
    Optional<String> nextCommand) {

  public Problem {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(message);
    Objects.requireNonNull(file);
    Objects.requireNonNull(line);
    Objects.requireNonNull(unchanged);
    Objects.requireNonNull(nextCommand);
  }

  /**
   * A problem of which only kind and message are known yet; the {@code with...} methods add to it.
   */
  public static Problem of(ErrorKind kind, String message) {
    return new Problem(
        kind, message, Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty());
  }

  public Problem inFile(Path where) {
    return new Problem(kind, message, Optional.of(where), line, unchanged, nextCommand);
  }

  /** The line counted from 1. */
  public Problem atLine(int number) {
    return new Problem(kind, message, file, OptionalInt.of(number), unchanged, nextCommand);
  }

  public Problem leaving(String what) {
    return new Problem(kind, message, file, line, Optional.of(what), nextCommand);
  }

  public Problem next(String command) {
    return new Problem(kind, message, file, line, unchanged, Optional.of(command));
  }

  /** {@code FILE:LINE: message}, or as much of it as is known. */
  public String located() {
    String where = file.map(Path::toString).orElse("");
    if (line.isPresent()) {
      where += ":" + line.getAsInt();
    }
    return where.isEmpty() ? message : where + ": " + message;
  }
}
