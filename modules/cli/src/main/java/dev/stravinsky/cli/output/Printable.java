package dev.stravinsky.cli.output;

/** Text from files and names, made harmless for a terminal. */
public final class Printable {
  private Printable() {}

  /** Control characters (escape sequences, line ends) are shown, not obeyed. */
  public static String of(String text) {
    if (text.chars().noneMatch(Character::isISOControl)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 8);
    for (char c : text.toCharArray()) {
      if (Character.isISOControl(c)) {
        shown.append(String.format("\\x%02x", (int) c));
      } else {
        shown.append(c);
      }
    }
    return shown.toString();
  }
}
