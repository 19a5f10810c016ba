package dev.stravinsky.transaction;

import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.files.Mounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the directory that a transaction's folder goes into: as near as renames need it. */
final class Bases {
  private final String unusedName;
  private final Map<List<Path>, Path> known = new HashMap<>();
  private final Map<Path, Path> nearest = new HashMap<>();

  Bases(String id) {
    this.unusedName = TargetWalk.TRANSACTION_PREFIX + id + ".none";
  }

  /** Where the folder goes for a live entry of a target. */
  Path baseFor(Target target, Path live) throws IOException {
    Path near = nearest(live.getParent());
    Path beside = nearest(around(target));
    Path found = known.get(List.of(beside, near));
    if (found == null) {
      found = firstRenameable(candidates(target, beside), near);
      known.put(List.of(beside, near), found);
    }
    return found;
  }

  /** Beside a directory, so that watchers of the directory see nothing of it; in it, for files. */
  static Path beside(Target target) throws IOException {
    return existing(around(target));
  }

  private static Path around(Target target) {
    Path parent = target.root().getParent();
    return target.isTree() && parent != null ? parent : target.root();
  }

  /** As {@link #existing}, looked for once: many entries lie in one directory. */
  Path nearest(Path directory) throws IOException {
    Path found = nearest.get(directory);
    if (found == null) {
      found = existing(directory);
      nearest.put(directory, found);
    }
    return found;
  }

  /**
   * The nearest directory that exists. One that cannot be looked at is an error: were it taken for
   * missing, the same question could have two answers in one transaction.
   */
  static Path existing(Path directory) throws IOException {
    Path found = directory;
    while (!Presence.isDirectory(found)) {
      found = found.getParent();
    }
    return found;
  }

  private static List<Path> candidates(Target target, Path beside) throws IOException {
    List<Path> candidates = new ArrayList<>(List.of(beside));
    if (Presence.isDirectory(target.root())) {
      candidates.add(target.root());
    }
    return candidates;
  }

  private Path firstRenameable(List<Path> candidates, Path near) throws IOException {
    for (Path candidate : candidates) {
      if (candidate.equals(near) || Mounts.renameable(candidate, near, unusedName)) {
        return candidate;
      }
    }
    return near;
  }
}
