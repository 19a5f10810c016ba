package dev.stravinsky.chaos.report;

import java.util.regex.Pattern;

/** Words as a shell takes them. */
final class Shell {
  private static final Pattern PLAIN = Pattern.compile("[\\w./=:@%+,-]+");

  private Shell() {}

  static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
