package dev.stravinsky.testkit.fs;

import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Follows a path of the delegate name by name, as the kernel does, and may be stopped by a mode.
 */
final class PathWalk {
  private static final int MOST_LINKS = 40;

  private final Credentials who;
  private int links;

  PathWalk(Credentials who) {
    this.who = who;
  }

  /**
   * The place that the path leads to, with no link on the way; the path as it is where something on
   * the way does not exist, which the delegate will say.
   *
   * @return empty if a directory on the way may not be searched
   */
  Optional<Path> walk(Path path, boolean followLast) throws IOException {
    Path absolute = path.toAbsolutePath();
    Deque<Path> names = new ArrayDeque<>();
    absolute.forEach(names::add);
    Path place = absolute.getRoot();
    while (!names.isEmpty()) {
      if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.of(path);
      }
      if (!ModeBits.allows(place, AccessMode.EXECUTE, who)) {
        return Optional.empty();
      }
      Path next = step(place, names.removeFirst());
      if (Files.isSymbolicLink(next) && (followLast || !names.isEmpty())) {
        if (++links > MOST_LINKS) {
          return Optional.of(path);
        }
        Path target = Files.readSymbolicLink(next);
        for (int i = target.getNameCount() - 1; i >= 0; i--) {
          names.addFirst(target.getName(i));
        }
        place = target.isAbsolute() ? target.getRoot() : place;
      } else {
        place = next;
      }
    }
    return Optional.of(place);
  }

  private static Path step(Path place, Path name) {
    return switch (name.toString()) {
      case ".", "" -> place;
      case ".." -> place.getParent() == null ? place : place.getParent();
      default -> place.resolve(name);
    };
  }
}
