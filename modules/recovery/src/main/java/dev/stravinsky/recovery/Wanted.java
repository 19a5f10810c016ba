package dev.stravinsky.recovery;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.BackupManifest.Root;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

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
  Predicate<BackupEntry> alone() {
    return entry -> sameTarget(entry) && entry.path().equals(path);
  }

  /** The entry and all below it. */
  Predicate<BackupEntry> withAllBelow() {
    return entry -> sameTarget(entry) && entry.path().startsWith(path);
  }

  private boolean sameTarget(BackupEntry entry) {
    return entry.target().equals(target) && entry.level().equals(level);
  }
}
