package dev.stravinsky.config;

import dev.stravinsky.api.Spelling;
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
        .filter(path -> Spelling.distance(written, path) <= Math.max(2, path.length() / 4))
        .min(Comparator.comparingInt(path -> Spelling.distance(written, path)));
  }

  /** {@code "; did you mean X?"}, or nothing. */
  static String hint(String written, Collection<String> known) {
    return to(written, known).map(name -> "; did you mean " + name + "?").orElse("");
  }
}
