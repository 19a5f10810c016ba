package dev.stravinsky.backup;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.PercentEncoding;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.api.backup.BackupManifest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * What the entries of a manifest must be like, looked at one by one as they are read, with memory
 * for none but the last: in order, so none twice; each of a target that the head says a root and an
 * archive of; none below something that is no directory; no more than the head counts.
 */
final class EntryRules {
  /** More are neither written nor read: what a manifest costs in memory has an end. */
  static final long MAX_ENTRIES = 500_000;

  private final Map<String, BackupManifest.Root> roots = new HashMap<>();
  private final Map<String, Long> left = new HashMap<>();
  private final Deque<String> notDirectories = new ArrayDeque<>();
  private String lastTarget = "";
  private String lastPath = "";

  EntryRules(BackupManifest manifest) {
    for (BackupManifest.Root root : manifest.roots()) {
      roots.put(key(root.target(), root.scope().level()), root);
    }
    manifest.archives().forEach(archive -> left.put(archive.path(), archive.filesCount()));
  }

  /** Throws {@link IllegalArgumentException} for an entry that may not be there. */
  void check(Row row) {
    Item.Place place = row.stored().place();
    String path = place.archivePath();
    requireRoot(place);
    requireOrder(place, path);
    requireDirectoryAbove(row.stored(), path);
    Long allowed = left.get(row.archive());
    if (allowed == null) {
      throw refused("an entry of an archive that is not there", place);
    }
    if (allowed < row.all().size()) {
      throw refused("more entries than the archive has, from this one on", place);
    }
    left.put(row.archive(), allowed - row.all().size());
    lastTarget = place.target();
    lastPath = path;
  }

  private void requireRoot(Item.Place place) {
    BackupManifest.Root root = roots.get(key(place.target(), place.level()));
    if (root == null) {
      throw refused("an entry of a target that has no root", place);
    }
    boolean single = !root.files().isEmpty();
    if (single && place.path().text().filter(root.files()::contains).isEmpty()) {
      throw refused("an entry that is none of its target's files", place);
    }
  }

  private void requireOrder(Item.Place place, String path) {
    if (lastPath.isEmpty()) {
      return;
    }
    int target = lastTarget.compareTo(place.target());
    int order = target != 0 ? target : PercentEncoding.compare(lastPath, path);
    if (order == 0) {
      throw refused("an entry that is there twice", place);
    }
    if (order > 0) {
      throw refused("an entry out of order", place);
    }
  }

  private void requireDirectoryAbove(Stored entry, String path) {
    while (!notDirectories.isEmpty() && !path.startsWith(notDirectories.peek())) {
      notDirectories.pop();
    }
    for (String each : notDirectories) {
      if (path.startsWith(each) && path.startsWith("/", each.length())) {
        throw refused("an entry below something that is no directory", entry.place());
      }
    }
    boolean directory = entry.state() instanceof EntryState.Directory;
    EntryPath folder = directory ? entry.place().path() : entry.place().path().parent();
    boolean transactions =
        folder.encoded().startsWith(TargetWalk.TRANSACTION_PREFIX)
            || folder.encoded().contains("/" + TargetWalk.TRANSACTION_PREFIX);
    if (transactions) {
      throw refused("an entry in a folder of a transaction", entry.place());
    }
    if (!directory) {
      notDirectories.push(path);
    }
  }

  private static IllegalArgumentException refused(String what, Item.Place place) {
    return new IllegalArgumentException(
        what + ": " + new EntryPath(place.archivePath()).readable());
  }

  private static String key(String target, String level) {
    return target + "\0" + level;
  }
}
