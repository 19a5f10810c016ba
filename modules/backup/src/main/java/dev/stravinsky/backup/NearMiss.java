package dev.stravinsky.backup;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** What a tired person may have meant. */
final class NearMiss {
  private static final int MAX_MISTAKES = 2;

  private NearMiss() {}

  /** The first of the names that is nearest, if one is near: a letter more, less or other. */
  static Optional<String> of(String typed, Collection<String> names) {
    Optional<String> nearest = Optional.empty();
    int least = Math.min(MAX_MISTAKES, Math.max(1, typed.length() / 2)) + 1;
    for (String name : names) {
      int mistakes = mistakes(typed.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
      if (mistakes < least) {
        least = mistakes;
        nearest = Optional.of(name);
      }
    }
    return nearest;
  }

  /** Levenshtein's distance. */
  private static int mistakes(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int same = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(same, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
