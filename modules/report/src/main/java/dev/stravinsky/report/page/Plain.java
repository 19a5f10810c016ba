package dev.stravinsky.report.page;

import dev.stravinsky.api.Redaction;

/**
 * Text from files, names and events as it may be shown: secrets hidden, cut where it is endless,
 * and with nothing in it that a browser, a terminal or a reader's eye would obey.
 */
final class Plain {
  private static final int MOST = 400;

  private Plain() {}

  static String of(String text) {
    return visible(shortened(Redaction.of(text)));
  }

  /** A name that is no secret, such as a version. */
  static String name(String text) {
    return visible(shortened(text));
  }

  private static String shortened(String text) {
    return text.length() <= MOST
        ? text
        : text.substring(0, MOST) + "… (" + text.length() + " characters)";
  }

  private static String visible(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        out.append(c).append(text.charAt(++i));
      } else if (isHarmless(c)) {
        out.append(c);
      } else {
        out.append(String.format("\\u%04x", (int) c));
      }
    }
    return out.toString();
  }

  private static boolean isHarmless(char c) {
    return !Character.isISOControl(c)
        && !Character.isSurrogate(c)
        && c != '\u2028'
        && c != '\u2029'
        && c != '\u200e'
        && c != '\u200f'
        && !(c >= '\u202a' && c <= '\u202e') // They turn the direction of what follows.
        && !(c >= '\u2066' && c <= '\u2069')
        && c < '\ufffe'; // No character at all, and none that XML takes.
  }
}
