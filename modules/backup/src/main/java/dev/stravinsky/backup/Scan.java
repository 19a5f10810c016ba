package dev.stravinsky.backup;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Origin;
import dev.stravinsky.api.Parallel;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which entries a backup of some views has, by target, in the order in which they stand in the
 * archive: that of their archive paths' bytes, so that a directory comes before what is in it.
 */
final class Scan {
  private final FileStat.Reader stats;
  private final Set<Path> inside = new HashSet<>();
  private final SortedMap<String, TreeMap<EntryPath, Item>> targets = new TreeMap<>();

  private Scan(FileStat.Reader stats) {
    this.stats = stats;
  }

  static SortedMap<String, List<Item>> of(
      List<TargetView> views, FileStat.Reader stats, Parallel parallel) throws IOException {
    requireCount(views, views.stream().mapToLong(view -> view.nodes().size()).sum());
    Scan scan = new Scan(stats);
    for (TargetView view : views) {
      view.nodes().forEach(node -> scan.inside.add(node.location()));
    }
    for (TargetView view : views) {
      scan.add(view, parallel);
    }
    // Again with the files behind links.
    requireCount(views, scan.targets.values().stream().mapToLong(TreeMap::size).sum());
    SortedMap<String, List<Item>> items = new TreeMap<>();
    scan.targets.forEach((target, sorted) -> items.put(target, withHardLinks(sorted.values())));
    return items;
  }

  /** What could not be read back must not be written. */
  private static void requireCount(List<TargetView> views, long entries) {
    if (entries > EntryRules.MAX_ENTRIES) {
      TargetView largest =
          views.stream().max(Comparator.comparing(view -> view.nodes().size())).orElseThrow();
      throw new RefusedException(
          Problem.of(
                  ErrorKind.UNKNOWN,
                  "there are "
                      + entries
                      + " files to be backed up, most of them here; the most is "
                      + EntryRules.MAX_ENTRIES)
              .inFile(largest.target().root())
              .leaving("nothing was changed")
              .next("move what is no configuration elsewhere, then type the command again"));
    }
  }

  /** A node as it was looked at. */
  private record Looked(TargetView.Node node, FileStat stat) {}

  private void add(TargetView view, Parallel parallel) throws IOException {
    String target = view.target().name();
    TreeMap<EntryPath, Item> sorted = targets.computeIfAbsent(target, t -> new TreeMap<>());
    parallel.inOrder(
        List.copyOf(view.nodes()),
        node -> new Looked(node, stats.read(node.location())),
        looked -> add(view, sorted, looked.node(), looked.stat()));
  }

  private void add(
      TargetView view, Map<EntryPath, Item> sorted, TargetView.Node node, FileStat stat)
      throws IOException {
    String target = view.target().name();
    String level = view.target().scope().level();
    put(sorted, new Item.Place(target, level, node.path(), false), node, node.location(), stat);
    boolean leadsOut =
        stat.type() == FileStat.Type.LINK
            && node.linkEnd().filter(end -> !inside.contains(end)).isPresent();
    if (leadsOut) {
      Path end = node.content().toRealPath();
      FileStat there = stats.read(end);
      if (there.type() != FileStat.Type.FILE || !Files.isReadable(end)) {
        throw new IOException(node.location() + " leads to " + end + ", which cannot be read");
      }
      put(sorted, new Item.Place(target, level, node.path(), true), node, end, there);
    }
  }

  private static void put(
      Map<EntryPath, Item> sorted,
      Item.Place place,
      TargetView.Node node,
      Path location,
      FileStat stat) {
    Origin origin = node.origin();
    Item item = new Item(place, location, stat, origin, "");
    Item other = sorted.put(new EntryPath(place.archivePath()), item);
    if (other != null) {
      throw new IllegalArgumentException(
          other.location() + " and " + location + " are the same entry of a backup");
    }
  }

  /** The second and further names of a file refer to the first. */
  private static List<Item> withHardLinks(Iterable<Item> sorted) {
    List<Item> items = new ArrayList<>();
    Map<Object, String> first = new HashMap<>();
    for (Item item : sorted) {
      boolean candidate = item.isFile() && !item.place().linked();
      String path = item.place().archivePath();
      String earlier = candidate ? first.putIfAbsent(item.stat().key(), path) : null;
      items.add(
          earlier == null
              ? item
              : new Item(item.place(), item.location(), item.stat(), item.origin(), earlier));
    }
    return items;
  }
}
