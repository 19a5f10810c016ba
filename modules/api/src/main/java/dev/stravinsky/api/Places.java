package dev.stravinsky.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares places and not names: a directory is the same one by whatever links or mounts it is
 * reached. Answers are remembered, so that an object serves one question and is let go.
 */
public final class Places {
  private final Map<Path, Object> keys = new HashMap<>();

  /** Whether a place is a directory or lies anywhere below it; neither needs to exist. */
  public boolean holds(Path directory, Path place) throws IOException {
    Object wanted = key(directory);
    for (Path each = real(place); each != null; each = each.getParent()) {
      if (key(each).equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  /** Whether any file belongs to one of these and to one of those, links followed. */
  public boolean overlap(Collection<Path> these, Collection<Path> those) throws IOException {
    for (Path one : these) {
      for (Path other : those) {
        if (holds(one, other) || holds(other, one)) {
          return true;
        }
      }
    }
    return false;
  }

  /** The tree, or each file, that targets are made of. */
  public static List<Path> of(Collection<Target> targets) {
    List<Path> places = new ArrayList<>();
    for (Target target : targets) {
      if (target.isTree()) {
        places.add(target.root());
      }
      target.files().forEach(name -> places.add(target.root().resolve(name)));
    }
    return places;
  }

  private static Path real(Path place) throws IOException {
    if (Presence.exists(place)) {
      return place.toRealPath();
    }
    Path parent = place.getParent();
    return parent == null ? place : real(parent).resolve(place.getFileName());
  }

  private Object key(Path place) throws IOException {
    Object known = keys.get(place);
    if (known == null) {
      known = newKey(place);
      keys.put(place, known);
    }
    return known;
  }

  /** Device and inode where the system has them. */
  private Object newKey(Path place) throws IOException {
    if (Presence.exists(place)) {
      Object key = Files.readAttributes(place, BasicFileAttributes.class).fileKey();
      return key == null ? place.toRealPath() : key;
    }
    Path parent = place.getParent(); // What does not exist yet is known by the name in it.
    return parent == null ? place : List.of(key(parent), place.getFileName());
  }
}
