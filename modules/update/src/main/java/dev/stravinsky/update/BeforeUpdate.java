package dev.stravinsky.update;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.error.ConcurrentChangeException;
import dev.stravinsky.api.transaction.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The backup before anything is replaced, and the proof that it holds what will be replaced. */
final class BeforeUpdate {
  private BeforeUpdate() {}

  /**
   * Backs the live state up.
   *
   * @throws ConcurrentChangeException if a file is not in the backup as the plan saw it: somebody
   *     wrote between the two
   */
  static Backup backUp(
      Services services,
      LiveState live,
      List<Change> changes,
      BackupReason reason,
      Progress progress)
      throws IOException {
    return compared(live, changes, services.backups().create(live.backupAs(reason), progress));
  }

  /**
   * The same as the settings have it: with {@code update.auto_backup_before_update} off, or with
   * {@code safety.fail_safe_on_backup_error} off and no backup to be had, the newest backup of the
   * version in force serves, but only if it holds every byte that will be replaced.
   */
  static Backup backUp(Services services, LiveState live, List<Change> changes, BackupAhead ahead)
      throws IOException {
    boolean wanted = services.settings().update().autoBackupBeforeUpdate();
    if (!wanted) {
      Optional<Backup> last = holding(services, live, changes);
      if (last.isPresent()) {
        return last.get();
      }
    }
    try {
      return compared(live, changes, ahead.publish());
    } catch (IOException e) {
      if (services.settings().safety().failSafeOnBackupError()) {
        throw e;
      }
      return holding(services, live, changes).orElseThrow(() -> e);
    }
  }

  private static Optional<Backup> holding(Services services, LiveState live, List<Change> changes)
      throws IOException {
    for (Backup backup : services.backups().list(live.scope())) {
      if (backup.manifest().version().equals(live.version())
          && differing(live, changes, backup).isEmpty()) {
        return Optional.of(backup);
      }
    }
    return Optional.empty();
  }

  private static Backup compared(LiveState live, List<Change> changes, Backup backup)
      throws IOException {
    List<Path> differing = differing(live, changes, backup);
    if (!differing.isEmpty()) {
      throw new ConcurrentChangeException(differing);
    }
    return backup;
  }

  private static List<Path> differing(LiveState live, List<Change> changes, Backup backup)
      throws IOException {
    Map<Path, Change> open = new HashMap<>();
    for (Change change : changes) {
      if (!(change.before() instanceof EntryState.Absent)) {
        open.put(change.path().resolveIn(change.target().root()), change);
      }
    }
    List<Path> differing = new ArrayList<>();
    Map<TargetLevel, Path> roots = new HashMap<>();
    for (TargetView view : live.views()) {
      roots.put(TargetLevel.of(view.target()), view.target().root());
    }
    try (Stream<BackupEntry> entries = backup.entries()) {
      entries.forEach(
          entry -> {
            Path root = roots.get(TargetLevel.of(entry));
            Path file = root == null ? null : entry.path().resolveIn(root);
            Change change = file == null ? null : open.remove(file);
            if (change != null && !holds(entry, change.before())) {
              differing.add(file);
            }
          });
    }
    differing.addAll(open.keySet());
    return differing;
  }

  private static boolean holds(BackupEntry entry, EntryState before) {
    // A change behind a link to a file has that file's state, which the backup keeps beside the
    // link.
    return entry.state().equals(before)
        || entry.linked().filter(before::equals).isPresent()
        || entry.state() instanceof EntryState.Link && before instanceof EntryState.Regular;
  }
}
