package dev.stravinsky.backup;

import dev.stravinsky.api.Order;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.RetentionPlan;
import dev.stravinsky.api.config.Settings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Decides which backups go. {@code max_versions} never deletes one younger than {@code
 * retention_days}; the size limit does, the oldest first. A number that a person asks for deletes
 * whatever its age. The installed version's backups and the last intact one always stay.
 */
final class Retention {
  private static final long MEGABYTE = 1024 * 1024;

  private final Settings.Backup settings;
  private final Instant now;
  private final Version installed;
  private final Intact intact;

  Retention(Settings.Backup settings, Instant now, Version installed, Intact intact) {
    this.settings = settings;
    this.now = now;
    this.installed = installed;
    this.intact = intact;
  }

  /** Finds out whether a backup is intact. */
  interface Intact {
    boolean test(StoredBackup backup) throws IOException;
  }

  /**
   * The plan for the backups of a scope.
   *
   * @param newestFirst all of them
   * @param others backups of other scopes, which count for the size limit in their turn
   */
  RetentionPlan plan(List<StoredBackup> newestFirst, List<StoredBackup> others, OptionalInt keep)
      throws IOException {
    Map<StoredBackup, String> deleted = new LinkedHashMap<>();
    byNumber(newestFirst, keep, deleted);
    bySize(newestFirst, others, deleted);
    StoredBackup last = null;
    if (!deleted.isEmpty()) {
      for (StoredBackup backup : newestFirst) {
        if (last == null && intact.test(backup)) {
          last = backup;
        }
      }
    }
    List<RetentionPlan.Decision> decisions = new ArrayList<>();
    for (StoredBackup backup : newestFirst.reversed()) {
      String reason = deleted.get(backup);
      if (reason == null) {
        decisions.add(new RetentionPlan.Decision(backup, false, reasonToKeep(backup)));
      } else if (last == null || backup == last) {
        String why =
            last == null ? "no backup is intact, so none is deleted" : "the last intact one";
        decisions.add(new RetentionPlan.Decision(backup, false, why));
      } else {
        decisions.add(new RetentionPlan.Decision(backup, true, reason));
      }
    }
    return new RetentionPlan(decisions);
  }

  private void byNumber(
      List<StoredBackup> newestFirst, OptionalInt keep, Map<StoredBackup, String> deleted) {
    int most = keep.orElse(settings.maxVersions());
    int kept = newestFirst.size();
    for (StoredBackup backup : newestFirst.reversed()) {
      boolean may = !isInstalled(backup) && (keep.isPresent() || isOld(backup));
      if (kept > most && may) {
        String limit =
            keep.isPresent()
                ? "more than the " + most + " that are to be kept"
                : "more than max_versions ("
                    + most
                    + ") and older than retention_days ("
                    + settings.retentionDays()
                    + ")";
        deleted.put(backup, limit);
        kept--;
      }
    }
  }

  private void bySize(
      List<StoredBackup> own, List<StoredBackup> others, Map<StoredBackup, String> deleted) {
    // Oldest first over all scopes; the sort is stable, so that of one age the list's order
    // decides.
    List<StoredBackup> oldestFirst = new ArrayList<>(own.reversed());
    oldestFirst.addAll(others);
    oldestFirst.sort(Order.by(b -> b.manifest().timestamp()));
    long total =
        oldestFirst.stream()
            .filter(b -> !deleted.containsKey(b))
            .mapToLong(b -> b.manifest().sizeBytes())
            .sum();
    for (StoredBackup backup : oldestFirst) {
      boolean over = total > settings.maxTotalSizeMb() * MEGABYTE;
      boolean mine = own.contains(backup);
      if (over && !deleted.containsKey(backup) && !(mine && isInstalled(backup))) {
        total -= backup.manifest().sizeBytes();
        if (mine) {
          deleted.put(
              backup,
              "all backups take more than max_total_size_mb (" + settings.maxTotalSizeMb() + ")");
        }
      }
    }
  }

  private String reasonToKeep(StoredBackup backup) {
    if (isInstalled(backup)) {
      return "of the installed version";
    }
    return isOld(backup)
        ? "within max_versions (" + settings.maxVersions() + ")"
        : "younger than retention_days (" + settings.retentionDays() + ")";
  }

  private boolean isInstalled(StoredBackup backup) {
    return backup.manifest().version().equals(installed);
  }

  private boolean isOld(StoredBackup backup) {
    Duration age = Duration.between(backup.manifest().timestamp(), now);
    return age.compareTo(Duration.ofDays(settings.retentionDays())) >= 0;
  }
}
