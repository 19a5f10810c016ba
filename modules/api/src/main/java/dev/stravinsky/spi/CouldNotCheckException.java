package dev.stravinsky.spi;

/**
 * A check could not look: an interpreter is missing, a file cannot be read. Not a fault of the
 * files.
 */
public final class CouldNotCheckException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A sentence that says what was missing. */
  public CouldNotCheckException(String message) {
    super(message);
  }
}
