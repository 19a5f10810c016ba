package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.release.Item.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The items of an archive, refused as a whole if one of them has a name or kind it must not have.
 */
final class Listing {
  private final Limits limits;
  private final Refusals refusals = new Refusals();
  private final Map<EntryPath, Item> items = new TreeMap<>();
  private int entries;

  Listing(Limits limits) {
    this.limits = limits;
  }

  /** Notes an entry by its name as written. */
  void add(byte[] name, Kind kind, int mode, byte[] link) {
    if (++entries > limits.entries()) {
      throw Refusals.refused("has more than " + limits.entries() + " entries");
    }
    String readable = EntryNames.readable(name);
    String refusal =
        EntryNames.refusal(name, limits)
            .or(() -> EntryNames.refusal(kind == Kind.HARD_LINK ? link : name, limits))
            .orElse(kind == Kind.SPECIAL ? "neither a file, a link nor a folder" : "");
    if (refusal.isEmpty()
        && kind != Kind.DIRECTORY
        && EntryNames.path(name).equals(EntryPath.ROOT)) {
      refusal = "the name is empty";
    }
    if (!refusal.isEmpty()) {
      refusals.add(readable, refusal);
      return;
    }
    EntryPath path = EntryNames.path(name);
    if (path.equals(EntryPath.ROOT)) {
      return;
    }
    Item item = new Item(path, kind, mode, encodedLink(kind, link));
    Item before = items.putIfAbsent(path, item);
    if (before != null && !(before.kind() == Kind.DIRECTORY && kind == Kind.DIRECTORY)) {
      refusals.add(readable, "is in the archive twice");
    }
  }

  /** All items with the folders that they imply, in order. */
  List<Item> finish() {
    refusals.orThrow();
    for (EntryPath path : List.copyOf(items.keySet())) {
      addParents(path);
    }
    refusals.orThrow();
    return new ArrayList<>(items.values());
  }

  private void addParents(EntryPath path) {
    EntryPath parent = path.parent();
    while (!parent.equals(EntryPath.ROOT)) {
      Item there =
          items.computeIfAbsent(parent, p -> new Item(p, Kind.DIRECTORY, Item.NO_MODE, ""));
      if (there.kind() == Kind.LINK) {
        refusals.add(path.readable(), "leads through the link " + parent.readable());
        return;
      }
      if (there.kind() != Kind.DIRECTORY) {
        refusals.add(path.readable(), parent.readable() + " is a file and a folder");
        return;
      }
      parent = parent.parent();
    }
  }

  private static String encodedLink(Kind kind, byte[] link) {
    return switch (kind) {
      case LINK -> EntryNames.encodeLink(link);
      case HARD_LINK -> EntryNames.path(link).encoded();
      default -> "";
    };
  }
}
