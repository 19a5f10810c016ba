package dev.stravinsky.validator.external;

/** A check's process did not keep to the protocol: the check itself failed, by its own fault. */
public final class CheckFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A sentence about the process, without its name. */
  public CheckFailedException(String message) {
    super(message);
  }
}
