package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.api.release.Layout;
import dev.stravinsky.release.Descriptor.Listed;
import dev.stravinsky.release.Item.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What of a source is the release, found without writing anything.
 *
 * @param root the release's folder in the source
 * @param items the files and links that are to be unpacked, by their path in the release
 * @param listed what {@code release.json} says of them
 * @param ignored what belongs to no target or is not listed
 */
record Selection(
    EntryPath root,
    Map<EntryPath, Item> items,
    Map<EntryPath, Listed> listed,
    List<String> ignored) {

  static Selection of(
      Contents contents, ReleaseRoot root, Descriptor descriptor, Collection<String> targets)
      throws IOException {
    Builder builder = new Builder(root, targets);
    descriptor.files().ifPresent(builder::listed);
    for (Item child : contents.children(root.folder())) {
      builder.add(child, contents);
    }
    return builder.finish(descriptor.files().isPresent());
  }

  private static final class Builder {
    private final ReleaseRoot root;
    private final Collection<String> targets;
    private final Refusals refusals = new Refusals();
    private final Map<EntryPath, Item> items = new TreeMap<>();
    private final Map<EntryPath, Listed> listed = new LinkedHashMap<>();
    private final List<String> ignored;

    Builder(ReleaseRoot root, Collection<String> targets) {
      this.root = root;
      this.targets = targets;
      this.ignored = new ArrayList<>(root.outside());
    }

    void listed(List<Listed> files) {
      for (Listed file : files) {
        if (listed.putIfAbsent(file.path(), file) != null) {
          refusals.add(file.path().readable(), "release.json lists it twice");
        }
      }
    }

    void add(Item child, Contents contents) throws IOException {
      EntryPath path = child.below(root.folder());
      String name = path.text().orElse("");
      if (path.encoded().equals(Layout.DESCRIPTOR)
          || path.encoded().equals(Layout.DESCRIPTOR_SIGNATURE)) {
        return;
      }
      if (Placement.of(path, targets).isPresent()) {
        addItem(child);
      } else if (!Placement.isFolder(name, targets)) {
        ignored.add(ReleaseRoot.name(child));
      } else if (child.kind() != Kind.DIRECTORY) {
        refusals.add(path.readable(), "is not a folder");
      } else {
        for (Item below : contents.below(child.path())) {
          addItem(below);
        }
      }
    }

    private void addItem(Item item) {
      EntryPath path = item.below(root.folder());
      if (path.encoded().contains("/" + TargetWalk.TRANSACTION_PREFIX)
          || VersionControl.holds(path)) {
        ignored.add(ReleaseRoot.name(item));
      } else if (item.kind() == Kind.SPECIAL) {
        refusals.add(path.readable(), "is neither a file, a link nor a folder");
      } else if (item.kind() == Kind.DIRECTORY && isSingleFile(path)) {
        refusals.add(path.readable(), "is a folder");
      } else if (item.kind() != Kind.DIRECTORY) {
        items.put(path, item);
      }
    }

    private static boolean isSingleFile(EntryPath path) {
      return path.parent().equals(EntryPath.ROOT);
    }

    Selection finish(boolean onlyListed) {
      if (onlyListed) {
        keepListed();
      }
      checkLinks();
      Collisions collisions = new Collisions();
      for (EntryPath path : items.keySet()) {
        collisions
            .note(path)
            .ifPresent(
                other ->
                    refusals.add(
                        path.readable(), "is the same name as " + other + " on some systems"));
      }
      refusals.orThrow();
      return new Selection(root.folder(), items, listed, ignored);
    }

    private void keepListed() {
      items.values().removeIf(this::isUnlisted);
      for (Listed file : listed.values()) {
        Item item = items.get(file.path());
        if (Placement.of(file.path(), targets).isEmpty()) {
          ignored.add(file.path().readable());
        } else if (item == null) {
          refusals.add(file.path().readable(), "release.json lists it, but it is not there");
        } else if ((item.kind() == Kind.LINK) != file.link().isPresent()) {
          refusals.add(file.path().readable(), "is not of the kind that release.json says");
        } else if (file.link().filter(link -> !pointsTo(item, link)).isPresent()) {
          refusals.add(file.path().readable(), "does not point where release.json says");
        }
      }
    }

    /** A description written by hand has a link's target as text, one of ours percent-encoded. */
    private static boolean pointsTo(Item item, String link) {
      String text = EntryNames.encodeLink(link.getBytes(StandardCharsets.UTF_8));
      return item.link().equals(link) || item.link().equals(text);
    }

    private boolean isUnlisted(Item item) {
      if (listed.containsKey(item.below(root.folder()))) {
        return false;
      }
      ignored.add(ReleaseRoot.name(item));
      return true;
    }

    private void checkLinks() {
      Map<String, Map<EntryPath, Item>> byTarget = new HashMap<>();
      items.forEach(
          (path, item) -> {
            Placement place = Placement.of(path, targets).orElseThrow();
            byTarget.computeIfAbsent(place.target(), t -> new HashMap<>()).put(place.path(), item);
          });
      byTarget.values().forEach(this::checkLinks);
    }

    private void checkLinks(Map<EntryPath, Item> target) {
      Set<String> links = new HashSet<>();
      target.forEach(
          (path, item) -> {
            if (item.kind() == Kind.LINK) {
              links.add(path.encoded());
            }
          });
      target.forEach(
          (path, item) -> {
            String name = item.below(root.folder()).readable();
            if (item.kind() == Kind.LINK) {
              LinkRules.refusal(path, item.link(), links)
                  .ifPresent(reason -> refusals.add(name, reason));
            } else if (item.kind() == Kind.HARD_LINK && original(item).isEmpty()) {
              refusals.add(name, "a hard link to what is no file of the release: " + item.link());
            }
          });
    }

    private Optional<Item> original(Item hardLink) {
      EntryPath to = new EntryPath(hardLink.link());
      return Optional.of(to)
          .filter(path -> path.startsWith(root.folder()))
          .map(path -> items.get(new Item(path, Kind.FILE, 0, "").below(root.folder())))
          .filter(item -> item.kind() == Kind.FILE);
    }
  }
}
