package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.release.Layout;
import dev.stravinsky.release.Item.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The folder in a source that holds the release: the top; the only folder at the top, as archives
 * of a folder have it; or the {@code .claude} of a checked-out project.
 *
 * @param folder its path in the source
 * @param outside what stands beside it and is no part of the release
 */
record ReleaseRoot(EntryPath folder, List<String> outside) {
  private static final String CONFIGURATION = ".claude";
  private static final Set<String> METADATA = Set.of("__MACOSX", ".git");

  static ReleaseRoot find(Contents contents, Collection<String> targets) throws IOException {
    List<String> outside = new ArrayList<>();
    EntryPath folder = EntryPath.ROOT;
    // A folder around the release, and .claude in it: no deeper, a release is not searched for.
    for (int depth = 0; depth < 2; depth++) {
      List<Item> children = contents.children(folder);
      Optional<Item> next = isRelease(children, targets) ? Optional.empty() : inner(children);
      if (next.isEmpty()) {
        break;
      }
      for (Item child : children) {
        if (!child.path().equals(next.get().path())) {
          outside.add(name(child));
        }
      }
      folder = next.get().path();
    }
    return new ReleaseRoot(folder, outside);
  }

  /** How an item that is ignored is named. */
  static String name(Item item) {
    return item.path().readable() + (item.kind() == Kind.DIRECTORY ? "/" : "");
  }

  /** A project's own folders can be called hooks or commands too: its .claude is what counts. */
  private static boolean isRelease(List<Item> children, Collection<String> targets) {
    if (children.stream().anyMatch(c -> isFile(c, Layout.DESCRIPTOR))) {
      return true;
    }
    return configuration(children).isEmpty()
        && children.stream()
            .anyMatch(
                c ->
                    Layout.TOP_FILES.containsKey(c.path().name())
                        || Placement.isFolder(c.path().name(), targets));
  }

  private static Optional<Item> inner(List<Item> children) {
    List<Item> real = children.stream().filter(c -> !METADATA.contains(c.path().name())).toList();
    return configuration(children)
        .or(
            () ->
                real.size() == 1 && real.getFirst().kind() == Kind.DIRECTORY
                    ? Optional.of(real.getFirst())
                    : Optional.empty());
  }

  private static Optional<Item> configuration(List<Item> children) {
    return children.stream()
        .filter(c -> c.path().name().equals(CONFIGURATION) && c.kind() == Kind.DIRECTORY)
        .findAny();
  }

  private static boolean isFile(Item item, String name) {
    return item.path().name().equals(name) && item.kind() != Kind.DIRECTORY;
  }
}
