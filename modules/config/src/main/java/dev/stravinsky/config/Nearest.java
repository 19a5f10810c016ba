package dev.stravinsky.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody who mistyped a name meant. */
final class Nearest {
  private Nearest() {}

  /** The known path with the same last name elsewhere, else the one with the fewest mistakes. */
  static Optional<String> to(String written, Collection<String> known) {
    String last = written.substring(written.lastIndexOf('.') + 1);
    Optional<String> moved = known.stream().filter(path -> path.endsWith("." + last)).findFirst();
    if (moved.isPresent()) {
      return moved;
    }
    return known.stream()
        .filter(path -> distance(written, path) <= Math.max(2, path.length() / 4))
        .min(Comparator.comparingInt(path -> distance(written, path)));
  }

  /** {@code "; did you mean X?"}, or nothing. */
  static String hint(String written, Collection<String> known) {
    return to(written, known).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /** Letters to be changed, added or removed (Levenshtein). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
