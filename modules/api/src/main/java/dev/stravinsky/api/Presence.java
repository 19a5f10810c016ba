package dev.stravinsky.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What is there, as {@link Files} asks under the same names. Those answer no also where nobody can
 * tell: a disk that failed for a moment, a directory that may not be searched. Here no means that
 * nothing is there: no such entry, a file where a directory above would be, a name that no entry
 * can have, or, links followed, a link that leads to nothing or in a circle. Whatever else the
 * system says is thrown, with the path, so that nothing is taken for deleted that only could not be
 * looked at.
 */
public final class Presence {
  private static final int MOST_LINKS = 40; // As the kernel.
  private static final int LONGEST_NAME = 255; // In bytes; what is typed may be anything.

  private Presence() {}

  /** Whether anything is there; throws if it cannot be told. */
  public static boolean exists(Path path, LinkOption... options) throws IOException {
    return attributes(path, options).isPresent();
  }

  /** Whether a directory is there; throws if it cannot be told. */
  public static boolean isDirectory(Path path, LinkOption... options) throws IOException {
    return attributes(path, options).filter(BasicFileAttributes::isDirectory).isPresent();
  }

  /** Whether a regular file is there; throws if it cannot be told. */
  public static boolean isRegularFile(Path path, LinkOption... options) throws IOException {
    return attributes(path, options).filter(BasicFileAttributes::isRegularFile).isPresent();
  }

  /** Whether the entry itself is a link; throws if it cannot be told. */
  public static boolean isSymbolicLink(Path path) throws IOException {
    return attributes(path, LinkOption.NOFOLLOW_LINKS)
        .filter(BasicFileAttributes::isSymbolicLink)
        .isPresent();
  }

  /** What is there, if anything is; throws if it cannot be told. */
  public static Optional<BasicFileAttributes> attributes(Path path, LinkOption... options)
      throws IOException {
    try {
      // Null and no exception where nothing is, which is the most frequent answer.
      return Optional.ofNullable(look(path, options));
    } catch (IOException e) {
      if (leadsToNothing(path, options.length == 0)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * The system has refused to say: for a reason that is itself an answer? Goes the way of the path
   * name by name, as the kernel does, since the exceptions tell a circle from a broken disk in no
   * portable way.
   *
   * @return false if every step can be looked at, or one cannot
   */
  private static boolean leadsToNothing(Path path, boolean followLast) {
    Path absolute = path.toAbsolutePath();
    Deque<Path> names = new ArrayDeque<>();
    absolute.forEach(names::add);
    Path place = absolute.getRoot();
    int links = 0;
    try {
      while (!names.isEmpty()) {
        Path name = names.removeFirst();
        if (name.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
          return true;
        }
        Path next = step(place, name);
        BasicFileAttributes there = look(next, LinkOption.NOFOLLOW_LINKS);
        boolean isLast = names.isEmpty();
        if (there == null || !isLast && !there.isDirectory() && !there.isSymbolicLink()) {
          return true;
        }
        if (there.isSymbolicLink() && (followLast || !isLast)) {
          if (++links > MOST_LINKS) {
            return true;
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
      return false;
    } catch (IOException e) {
      return false; // The caller tells of the refusal that it saw.
    }
  }

  private static Path step(Path place, Path name) {
    return switch (name.toString()) {
      case ".", "" -> place;
      case ".." -> place.getParent() == null ? place : place.getParent();
      default -> place.resolve(name);
    };
  }

  private static BasicFileAttributes look(Path path, LinkOption... options) throws IOException {
    return path.getFileSystem()
        .provider()
        .readAttributesIfExists(path, BasicFileAttributes.class, options);
  }
}
