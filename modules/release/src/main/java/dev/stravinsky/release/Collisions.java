package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds names that some file system takes for the same: such a release would lose a file there, and
 * which one, nobody would know.
 */
final class Collisions {
  private final Map<String, EntryPath> seen = new HashMap<>();

  /** The path noted before that this one, or a folder of it, collides with. */
  Optional<EntryPath> note(EntryPath path) {
    for (EntryPath each = path; !each.equals(EntryPath.ROOT); each = each.parent()) {
      EntryPath before = seen.putIfAbsent(folded(each), each);
      if (before != null) {
        // The folders around one that is known are known as well.
        return before.equals(each) ? Optional.empty() : Optional.of(before);
      }
    }
    return Optional.empty();
  }

  private static String folded(EntryPath path) {
    String text = path.text().orElse(path.encoded());
    // Up and down again: both alone leave letters apart that a file system may fold.
    String folded = text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return isAscii(folded) ? folded : Normalizer.normalize(folded, Normalizer.Form.NFKC);
  }

  /** Which normalizing leaves as it is; its tables need not be loaded then. */
  private static boolean isAscii(String text) {
    return text.chars().allMatch(character -> character < 128);
  }
}
