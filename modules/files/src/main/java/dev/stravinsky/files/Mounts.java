package dev.stravinsky.files;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Presence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;

/** Where one file system ends and another begins, as far as renames notice it. */
public final class Mounts {
  private static final int MOUNT_POINT_FIELD = 4;

  private Mounts() {}

  /**
   * Whether an entry of the directory {@code from} could be renamed into the directory {@code to}.
   * Changes nothing.
   *
   * @param unusedName a name that is in neither of them
   */
  public static boolean renameable(Path from, Path to, String unusedName) throws IOException {
    if (Presence.exists(from.resolve(unusedName), LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(from.resolve(unusedName).toString());
    }
    try {
      // The kernel compares the mounts before it looks for the names: a device number would not do,
      // since a bind mount has that of its source and refuses renames all the same.
      Files.move(from.resolve(unusedName), to.resolve(unusedName), StandardCopyOption.ATOMIC_MOVE);
      throw new IOException(from.resolve(unusedName) + " exists");
    } catch (NoSuchFileException e) {
      return true;
    } catch (AtomicMoveNotSupportedException e) {
      return false;
    }
  }

  /**
   * Every mount point of the machine, single mounted files too; empty where the system does not
   * tell.
   */
  static Set<Path> points(Path anyPath) throws IOException {
    Set<Path> points = new HashSet<>();
    Path table = anyPath.getFileSystem().getPath("/proc/self/mountinfo");
    if (!anyPath.getFileSystem().provider().getScheme().equals("file") || !Presence.exists(table)) {
      return points;
    }
    String lines = new String(Files.readAllBytes(table), StandardCharsets.ISO_8859_1);
    for (String line : lines.split("\n")) {
      String[] fields = line.split(" ");
      if (fields.length > MOUNT_POINT_FIELD) {
        points.add(path(fields[MOUNT_POINT_FIELD], anyPath.toAbsolutePath().getRoot()));
      }
    }
    return points;
  }

  /** The kernel writes white space and backslashes as a backslash and three octal digits. */
  private static Path path(String escaped, Path root) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 1; i < escaped.length(); i++) {
      if (escaped.charAt(i) == '\\' && i + 3 < escaped.length()) {
        bytes.write(Integer.parseInt(escaped.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        bytes.write(escaped.charAt(i));
      }
    }
    byte[] name = bytes.toByteArray();
    return name.length == 0 ? root : EntryPath.ofBytes(name).resolveIn(root);
  }
}
