package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.release.Layout;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * To which target a path of a release belongs.
 *
 * @param target the target's name
 * @param path relative to the target's root
 */
record Placement(String target, EntryPath path) {

  /** Where a path of a release goes, if any of these targets takes it. */
  static Optional<Placement> of(EntryPath path, Collection<String> targets) {
    String encoded = path.encoded();
    int slash = encoded.indexOf('/');
    if (slash < 0) {
      return Optional.ofNullable(Layout.TOP_FILES.get(encoded))
          .filter(targets::contains)
          .map(target -> new Placement(target, path));
    }
    EntryPath first = new EntryPath(encoded.substring(0, slash));
    EntryPath rest = new EntryPath(encoded.substring(slash + 1));
    return first.text().filter(name -> isFolder(name, targets)).map(n -> new Placement(n, rest));
  }

  /** Whether a folder of this name at a release's top is a target's. */
  static boolean isFolder(String name, Collection<String> targets) {
    return targets.contains(name) && !Set.copyOf(Layout.TOP_FILES.values()).contains(name);
  }

  /** Where a target's file stands in a release; the reverse of {@link #of}. */
  static EntryPath inRelease(String target, EntryPath path) {
    return target.equals(Layout.TOP_FILES.get(path.encoded()))
        ? path
        : EntryPath.of(target).resolve(path);
  }
}
