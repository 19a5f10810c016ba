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
  private long namesBytes;

  Listing(Limits limits) {
    this.limits = limits;
  }

  /** Notes an entry by its name as written. */
  void add(byte[] name, Kind kind, int mode, byte[] link) {
    count(name.length + link.length);
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

  private void count(int bytes) {
    namesBytes += bytes;
    if (++entries > limits.entries()) {
      throw Refusals.refused("has more than " + limits.entries() + " entries");
    }
    if (namesBytes > limits.namesBytes()) {
      throw Refusals.refused("has names of more than " + limits.namesBytes() + " bytes");
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
      Item there = items.get(parent);
      if (there != null) {
        requireFolder(there, path);
        return; // The folders around it are looked at with itself.
      }
      // Each name can imply thousands of folders, and each of them has a name of that length.
      count(parent.encoded().length());
      items.put(parent, new Item(parent, Kind.DIRECTORY, Item.NO_MODE, ""));
      parent = parent.parent();
    }
  }

  private void requireFolder(Item around, EntryPath path) {
    if (around.kind() == Kind.LINK) {
      refusals.add(path.readable(), "leads through the link " + around.path().readable());
    } else if (around.kind() != Kind.DIRECTORY) {
      refusals.add(path.readable(), around.path().readable() + " is a file and a folder");
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
