package dev.stravinsky.merge.json;

/** A text is no JSON that could be merged. */
final class NotJsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** {@code where} says where or why. */
  NotJsonException(String where) {
    super(where);
  }
}
