package dev.stravinsky.pluginhost;

/** Exceptions of strangers' code in a sentence; the exceptions themselves may throw. */
final class Sentences {
  private static final int MAX_CHARACTERS = 500;

  private Sentences() {}

  /** The exception's type and message and, where it only wraps another one, that one's. */
  static String of(Throwable thrown) {
    try {
      Throwable cause = thrown.getCause();
      String text = text(thrown);
      return shorten(cause == null || cause == thrown ? text : text + ": " + text(cause));
    } catch (Throwable e) {
      return thrown.getClass().getName();
    }
  }

  private static String text(Throwable thrown) {
    String message = thrown.getMessage();
    String type = thrown.getClass().getSimpleName();
    return message == null || message.isBlank() ? type : type + ": " + message;
  }

  private static String shorten(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= MAX_CHARACTERS ? line : line.substring(0, MAX_CHARACTERS) + "...";
  }
}
