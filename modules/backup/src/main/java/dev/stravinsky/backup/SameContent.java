package dev.stravinsky.backup;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.LinkTargets;
import dev.stravinsky.api.backup.BackupRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Whether a backup has just what is to be backed up. Looks at names, sizes and modes first: files
 * are read only where all those agree.
 */
final class SameContent {
  private final Map<String, Row> rows = new HashMap<>();
  private final Map<String, Stored> stored = new HashMap<>();

  private SameContent(StoredBackup backup) throws IOException {
    try (Stream<Row> all = backup.rows()) {
      all.forEach(
          row -> {
            for (Stored entry : row.all()) {
              rows.put(entry.place().archivePath(), row);
              stored.put(entry.place().archivePath(), entry);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  static boolean of(
      StoredBackup backup, BackupRequest request, Collection<List<Item>> items, Parallel parallel)
      throws IOException {
    boolean sameRoots =
        new HashSet<>(backup.manifest().roots())
            .equals(new HashSet<>(BackupBuilder.roots(request.views())));
    if (!sameRoots) {
      return false;
    }
    SameContent content = new SameContent(backup);
    List<Item> all = items.stream().flatMap(List::stream).toList();
    if (all.size() != content.stored.size()) {
      return false;
    }
    for (Item item : all) {
      if (!content.looksSame(item)) {
        return false;
      }
    }
    return content.isSame(all, parallel);
  }

  private boolean looksSame(Item item) throws IOException {
    String path = item.place().archivePath();
    if (!stored.containsKey(path) || rows.get(path).origin() != item.origin()) {
      return false;
    }
    FileStat stat = item.stat();
    return switch (stored.get(path).state()) {
      case EntryState.Regular file ->
          stat.type() == FileStat.Type.FILE
              && stat.size() == file.sizeBytes()
              && stat.mode() == file.mode();
      case EntryState.Directory directory ->
          stat.type() == FileStat.Type.DIRECTORY && stat.mode() == directory.mode();
      case EntryState.Link link ->
          stat.type() == FileStat.Type.LINK
              && LinkTargets.encode(Files.readSymbolicLink(item.location())).equals(link.target());
      case EntryState.Absent absent -> false;
    };
  }

  private boolean isSame(List<Item> items, Parallel parallel) throws IOException {
    AtomicBoolean same = new AtomicBoolean(true);
    List<Callable<Void>> work = new ArrayList<>();
    for (Item item : items) {
      if (stored.get(item.place().archivePath()).state() instanceof EntryState.Regular file) {
        work.add(
            () -> {
              if (same.get() && !EntryStates.regular(item.location()).equals(file)) {
                same.set(false);
              }
              return null;
            });
      }
    }
    parallel.inOrder(work.iterator(), nothing -> {});
    return same.get();
  }
}
