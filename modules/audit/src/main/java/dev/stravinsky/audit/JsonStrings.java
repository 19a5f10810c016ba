package dev.stravinsky.audit;

/**
 * JSON text, canonical: only what must be escaped is, always in the same way, and nothing that a
 * terminal would obey is left in it.
 */
final class JsonStrings {
  private JsonStrings() {}

  /** Appends the text in quotes. */
  static void append(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (isPlain(text, i)) {
            out.append(c);
          } else {
            escape(out, c);
          }
        }
      }
    }
    out.append('"');
  }

  /** The text with everything that a terminal would obey written as {@code &#92;uXXXX}. */
  static String visible(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (isPlain(text, i)) {
        out.append(text.charAt(i));
      } else {
        escape(out, text.charAt(i));
      }
    }
    return out.toString();
  }

  /**
   * The text with U+FFFD for halves of surrogate pairs and for zeros: not every reader takes them.
   */
  static String wellFormed(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean broken = c == 0 || Character.isSurrogate(c) && !isPlain(text, i);
      out.append(broken ? '\uFFFD' : c);
    }
    return out.toString();
  }

  private static boolean isPlain(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
    return !Character.isISOControl(c)
        && c != '\u2028'
        && c != '\u2029'
        && !(c >= '\u202a' && c <= '\u202e') // They turn the direction of what follows.
        && !(c >= '\u2066' && c <= '\u2069');
  }

  private static void escape(StringBuilder out, char c) {
    out.append("\\u");
    String hex = Integer.toHexString(c);
    out.append("0000", 0, 4 - hex.length()).append(hex);
  }
}
