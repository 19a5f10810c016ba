package dev.stravinsky.report;

/** The receiver has understood and will not take it: trying again is no use. */
final class RefusedByReceiverException extends Exception {
  private static final long serialVersionUID = 1L;

  RefusedByReceiverException(String message) {
    super(message);
  }
}
