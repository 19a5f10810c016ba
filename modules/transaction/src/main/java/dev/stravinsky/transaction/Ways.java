package dev.stravinsky.transaction;

import dev.stravinsky.api.Presence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What lies between a target's root and its entries. These must be directories: links may lead
 * anywhere. Each directory is looked at once, so that an instance is good for one pass only.
 */
final class Ways {
  /** By root: a link that is one target's root is only a link within another target. */
  private final Map<Path, Map<Path, Optional<String>>> known = new HashMap<>();

  /** Why an entry cannot be reached safely, or empty. */
  Optional<String> refusal(Path root, Path entry) throws IOException {
    return to(root, entry.getParent(), known.computeIfAbsent(root, r -> new HashMap<>()));
  }

  private static Optional<String> to(Path root, Path directory, Map<Path, Optional<String>> known)
      throws IOException {
    if (directory == null || !directory.startsWith(root)) {
      return Optional.empty();
    }
    Optional<String> found = known.get(directory);
    if (found == null) {
      found = of(root, directory);
      if (found.isEmpty()) {
        found = to(root, directory.getParent(), known);
      }
      known.put(directory, found);
    }
    return found;
  }

  private static Optional<String> of(Path root, Path directory) throws IOException {
    if (Presence.isSymbolicLink(directory) && !directory.equals(root)) {
      return Optional.of("lies below the link " + directory + ", which may lead out of the target");
    }
    if (Placement.exists(directory) && !Presence.isDirectory(directory)) {
      return Optional.of("lies below " + directory + ", which is no directory");
    }
    return Optional.empty();
  }
}
