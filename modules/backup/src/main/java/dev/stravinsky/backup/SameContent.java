package dev.stravinsky.backup;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.LinkTargets;
import dev.stravinsky.api.backup.BackupRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a backup has just what is to be backed up. Names, sizes and modes are looked at before
 * anything is read; the contents are compared by the checksums that packing them gives, so that no
 * file is read a second time for it.
 */
final class SameContent {
  private final StoredBackup backup;
  private final List<Item> items;
  private final EntryState[] expected;

  private SameContent(StoredBackup backup, List<Item> items) {
    this.backup = backup;
    this.items = items;
    this.expected = new EntryState[items.size()];
  }

  /** Empty if the names alone tell that it is not the same. */
  static Optional<SameContent> of(
      StoredBackup backup, BackupRequest request, Collection<List<Item>> items) throws IOException {
    boolean sameRoots =
        new HashSet<>(backup.manifest().roots())
            .equals(new HashSet<>(BackupBuilder.roots(request.views())));
    if (!sameRoots) {
      return Optional.empty();
    }
    SameContent content = new SameContent(backup, items.stream().flatMap(List::stream).toList());
    try (Stream<Row> rows = backup.rows()) {
      return content.looksSame(rows.iterator()) ? Optional.of(content) : Optional.empty();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  StoredBackup backup() {
    return backup;
  }

  /** The manifest has its entries in the order in which a backup is made. */
  private boolean looksSame(Iterator<Row> rows) throws IOException {
    Map<String, Integer> linked = new HashMap<>();
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).place().linked()) {
        linked.put(items.get(i).place().archivePath(), i);
      }
    }
    for (int i = 0; i < items.size(); i++) {
      if (!items.get(i).place().linked()
          && !(rows.hasNext() && looksSame(rows.next(), i, linked))) {
        return false;
      }
    }
    return linked.isEmpty() && !rows.hasNext();
  }

  private boolean looksSame(Row row, int index, Map<String, Integer> linked) throws IOException {
    Item item = items.get(index);
    boolean same =
        row.origin() == item.origin()
            && row.stored().hardLinkTo().equals(item.hardLinkTo())
            && looksSame(row.stored(), index);
    if (same && row.linked().isPresent()) {
      Integer led = linked.remove(row.linked().get().place().archivePath());
      return led != null && looksSame(row.linked().get(), led);
    }
    return same;
  }

  private boolean looksSame(Stored stored, int index) throws IOException {
    Item item = items.get(index);
    FileStat stat = item.stat();
    expected[index] = stored.state();
    return stored.place().equals(item.place())
        && switch (stored.state()) {
          case EntryState.Regular file ->
              stat.type() == FileStat.Type.FILE
                  && stat.size() == file.sizeBytes()
                  && stat.mode() == file.mode();
          case EntryState.Directory directory ->
              stat.type() == FileStat.Type.DIRECTORY && stat.mode() == directory.mode();
          case EntryState.Link link ->
              stat.type() == FileStat.Type.LINK
                  && LinkTargets.encode(Files.readSymbolicLink(item.location()))
                      .equals(link.target());
          case EntryState.Absent absent -> false;
        };
  }

  /** Whether what was packed is the same. Takes the entries in the order of the items. */
  boolean is(Iterator<Stored> packed) {
    for (int i = 0; i < items.size(); i++) {
      if (!packed.hasNext()) {
        return false;
      }
      // A further name of a file has no content of its own.
      Stored entry = packed.next();
      if (entry.hardLinkTo().isEmpty() && !entry.state().equals(expected[i])) {
        return false;
      }
    }
    return !packed.hasNext();
  }
}
