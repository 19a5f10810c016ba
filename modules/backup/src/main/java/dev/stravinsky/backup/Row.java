package dev.stravinsky.backup;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Origin;
import dev.stravinsky.api.backup.BackupEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An entry of the manifest: an entry of an archive with who brought it, and, for a link to a file
 * outside of the targets, the entry that has that file's content.
 */
record Row(Stored stored, Origin origin, Optional<Stored> linked) {
  /** How the names of archives end. */
  static final String SUFFIX = ".tar.gz";

  /** As the users of a backup know it. */
  BackupEntry entry() {
    Item.Place place = stored.place();
    return new BackupEntry(
        place.target(),
        place.level(),
        place.path(),
        stored.state(),
        linked.orElse(stored).modified(),
        origin,
        linked.map(file -> (EntryState.Regular) file.state()));
  }

  /** What has its content: the file that it leads to, if it is a link to one outside. */
  Stored content() {
    return linked.orElse(stored);
  }

  /** What stands in the archive for it. */
  List<Stored> all() {
    return linked.map(file -> List.of(stored, file)).orElse(List.of(stored));
  }

  String archive() {
    return archive(stored.place().target());
  }

  static String archive(String target) {
    return target + SUFFIX;
  }

  /**
   * The entries of an archive as rows: hard links with their content, links with what they lead to.
   * Made one by one as they are asked for.
   */
  static Stream<Row> of(List<Item> items, List<Stored> entries) {
    Set<String> referred = new HashSet<>();
    for (Stored entry : entries) {
      if (!entry.hardLinkTo().isEmpty()) {
        referred.add(entry.hardLinkTo());
      } else if (entry.place().linked()) {
        referred.add(entry.place().archivePath());
      }
    }
    Map<String, Stored> byPath = new HashMap<>();
    if (!referred.isEmpty()) {
      entries.stream()
          .filter(entry -> referred.contains(entry.place().archivePath()))
          .forEach(entry -> byPath.put(entry.place().archivePath(), entry));
    }
    return IntStream.range(0, items.size())
        .filter(i -> !entries.get(i).place().linked())
        .mapToObj(i -> of(entries.get(i), items.get(i).origin(), byPath));
  }

  private static Row of(Stored entry, Origin origin, Map<String, Stored> byPath) {
    Item.Place place = entry.place();
    Stored whole = entry.hardLinkTo().isEmpty() ? entry : entry.as(byPath.get(entry.hardLinkTo()));
    Item.Place led = new Item.Place(place.target(), place.level(), place.path(), true);
    Optional<Stored> linked =
        entry.state() instanceof EntryState.Link
            ? Optional.ofNullable(byPath.get(led.archivePath()))
            : Optional.empty();
    return new Row(whole, origin, linked);
  }

  /** Takes an archive path apart. Throws {@link IllegalArgumentException} if it is none. */
  static Item.Place place(String archivePath) {
    String[] parts = archivePath.split("/", 3);
    boolean whole = parts.length == 3 && !parts[0].isEmpty() && !parts[2].isEmpty();
    if (!whole || !(parts[1].equals("global") || parts[1].equals("project"))) {
      throw new IllegalArgumentException("not a path in an archive: " + archivePath);
    }
    String target =
        new EntryPath(parts[0])
            .text()
            .orElseThrow(() -> new IllegalArgumentException("not a target: " + archivePath));
    // There are few of both, and many thousand entries that have them.
    return new Item.Place(target.intern(), parts[1].intern(), new EntryPath(parts[2]), false);
  }
}
