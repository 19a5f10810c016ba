package dev.stravinsky.transaction;

import dev.stravinsky.api.Presence;
import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.api.platform.PlatformFiles.Capabilities;
import dev.stravinsky.files.FileWrites;
import dev.stravinsky.files.Reserve;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Moves entries between live places and the transaction's folders, as well as the system can. */
final class Placement {
  private final PlatformFiles platform;
  private final Reserve reserve;
  private final Map<Path, Capabilities> known = new HashMap<>();

  Placement(PlatformFiles platform, Reserve reserve) {
    this.platform = platform;
    this.reserve = reserve;
  }

  /** What the file system of a folder of the transaction can do; tried once. */
  Capabilities capabilities(Path folder) throws IOException {
    Capabilities found = known.get(folder);
    if (found == null) {
      found = platform.capabilities(folder);
      known.put(folder, found);
    }
    return found;
  }

  /** What gives space where the disk is full. */
  Reserve reserve() {
    return reserve;
  }

  /** Whether the two sides of a step can be exchanged at once. */
  boolean canExchange(Step step, Header header) throws IOException {
    return capabilities(folderOf(step, header)).exchange();
  }

  void exchange(Path one, Path other) throws IOException {
    reserve.spend(() -> platform.exchange(one, other));
  }

  /**
   * Moves an entry to a place where nothing is.
   *
   * @throws FileAlreadyExistsException if something is there; nothing was changed
   */
  void move(Path from, Path to, Step step, Header header) throws IOException {
    Path folder = folderOf(step, header);
    Capabilities can = capabilities(folder);
    try {
      reserve.spend(() -> moveTo(from, to, folder, can));
    } catch (FileAlreadyExistsException e) {
      if (!isSameFile(from, to)) {
        throw e;
      }
      // A move by way of a second name, which a crash cut in the middle.
      boolean toFolder = to.startsWith(folder);
      FileWrites.delete(toFolder ? to : from); // Never the live name, which may be another's.
      if (toFolder) {
        reserve.spend(() -> moveTo(from, to, folder, can));
      }
    }
  }

  private void moveTo(Path from, Path to, Path folder, Capabilities can) throws IOException {
    if (can.noReplace()) {
      platform.renameNoReplace(from, to);
    } else if (to.startsWith(folder)) {
      moveAside(from, to);
    } else if (Presence.isSymbolicLink(from)) {
      FileWrites.createLink(to, Files.readSymbolicLink(from));
      FileWrites.delete(from);
    } else if (Presence.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
      moveDirectory(from, to);
    } else {
      // A second name is refused where one exists, so nothing is ever replaced.
      FileWrites.createHardLink(to, from);
      FileWrites.delete(from);
    }
  }

  /**
   * Into the folder, where nobody else writes, so looking first is enough. What is live must move
   * in one step: by way of a second name the file that is deleted in the end may be another one,
   * which somebody renamed over it in between.
   */
  private static void moveAside(Path from, Path to) throws IOException {
    if (exists(to)) {
      throw new FileAlreadyExistsException(from.toString(), to.toString(), null);
    }
    FileWrites.rename(from, to);
  }

  private static boolean isSameFile(Path one, Path other) throws IOException {
    String inode = Seen.inode(one);
    return !inode.isEmpty()
        && inode.equals(Seen.inode(other))
        && Presence.isRegularFile(one, LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether a program has the file open for writing, as far as the system tells. */
  boolean isOpenForWriting(Path place) throws IOException {
    return Presence.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
        && platform.openForWriting(place).orElse(false);
  }

  static boolean exists(Path path) throws IOException {
    return Presence.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Makes the directories that lead to a place in a folder of the transaction. */
  static void makeParents(Path place) throws IOException {
    Path parent = place.getParent();
    if (!exists(parent)) {
      makeParents(parent);
      FileWrites.createDirectory(parent, FileWrites.PRIVATE_DIRECTORY);
    }
  }

  /** No system renames a directory over a file, nor a file system one over a full directory. */
  private static void moveDirectory(Path from, Path to) throws IOException {
    if (exists(to)) {
      throw new FileAlreadyExistsException(from.toString(), to.toString(), null);
    }
    FileWrites.rename(from, to);
  }

  private static Path folderOf(Step step, Header header) {
    return folderOf(step.staged(), header);
  }

  /** The transaction's folder in which something is staged. */
  static Path folderOf(Path staged, Header header) {
    return header.bases().stream()
        .map(header::folder)
        .filter(staged::startsWith)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(staged + " is in no folder"));
  }
}
