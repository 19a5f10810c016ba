package dev.stravinsky.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Permission bits as numbers. Where a file system has none, reading gives 0644 or 0755. */
public final class FileModes {
  private static final PosixFilePermission[] BITS = {
    PosixFilePermission.OTHERS_EXECUTE,
    PosixFilePermission.OTHERS_WRITE,
    PosixFilePermission.OTHERS_READ,
    PosixFilePermission.GROUP_EXECUTE,
    PosixFilePermission.GROUP_WRITE,
    PosixFilePermission.GROUP_READ,
    PosixFilePermission.OWNER_EXECUTE,
    PosixFilePermission.OWNER_WRITE,
    PosixFilePermission.OWNER_READ,
  };

  private FileModes() {}

  /** The permission bits of an entry, a link not followed. */
  public static int of(Path file) throws IOException {
    return of(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** The permission bits of what is at the end of a link, or of the entry if it is none. */
  static int ofEnd(Path file) throws IOException {
    return of(file, new LinkOption[0]);
  }

  private static int of(Path file, LinkOption... options) throws IOException {
    if (hasUnixView(file)) {
      return (Integer) Files.getAttribute(file, "unix:mode", options) & 07777;
    }
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, options);
    if (view == null) {
      return Presence.isDirectory(file, options) ? 0755 : 0644;
    }
    return toNumber(view.readAttributes().permissions());
  }

  /** The nine bits as the JDK's set. */
  public static Set<PosixFilePermission> toPermissions(int mode) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (int bit = 0; bit < BITS.length; bit++) {
      if ((mode & 1 << bit) != 0) {
        permissions.add(BITS[bit]);
      }
    }
    return permissions;
  }

  /** The JDK's set as nine bits. */
  public static int toNumber(Set<PosixFilePermission> permissions) {
    int mode = 0;
    for (int bit = 0; bit < BITS.length; bit++) {
      if (permissions.contains(BITS[bit])) {
        mode |= 1 << bit;
      }
    }
    return mode;
  }

  /**
   * Whether the bits can be had as a number, set-id bits included. Jimfs has a view of that name
   * whose mode cannot be set; only the system's own is meant.
   */
  public static boolean hasUnixView(Path file) {
    return file.getFileSystem().provider().getScheme().equals("file")
        && file.getFileSystem().supportedFileAttributeViews().contains("unix");
  }
}
