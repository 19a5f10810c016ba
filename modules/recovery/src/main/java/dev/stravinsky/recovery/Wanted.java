package dev.stravinsky.recovery;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupManifest.Root;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a person named by a live path, found in a backup by where its targets came from.
 *
 * @param path relative to the target's root; the root itself for a whole target
 */
record Wanted(String target, String level, EntryPath path) {

  /** Empty if the path lies in none of the backup's targets. */
  static Optional<Wanted> in(Backup backup, Path live) {
    for (Root root : backup.manifest().roots()) {
      if (live.startsWith(root.path())) {
        EntryPath path = EntryPath.relativize(root.path(), live);
        boolean single = path.text().filter(root.files()::contains).isPresent();
        if (root.files().isEmpty() || single) {
          return Optional.of(new Wanted(root.target(), root.scope().level(), path));
        }
      }
    }
    return Optional.empty();
  }

  /** The one entry. */
  Selection alone() {
    return (target, level, path) -> same(target, level) && path.equals(path());
  }

  /** The entry and all below it. */
  Selection withAllBelow() {
    return (target, level, path) -> same(target, level) && path.startsWith(path());
  }

  private boolean same(String otherTarget, String otherLevel) {
    return otherTarget.equals(target) && otherLevel.equals(level);
  }
}
