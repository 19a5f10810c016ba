package dev.stravinsky.validator.external;

import dev.stravinsky.api.Redaction;

/** Text from other programs, made fit to be printed and stored. */
final class PlainText {
  private static final int MAX_CHARACTERS = 1_000;

  private PlainText() {}

  /**
   * One line without control characters (a terminal would obey them), without what looks like a
   * secret (it goes into logs and to receivers of notifications), and not too long.
   */
  static String line(String text) {
    String clean = Redaction.of(text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip());
    return clean.length() <= MAX_CHARACTERS ? clean : clean.substring(0, MAX_CHARACTERS) + "...";
  }
}
