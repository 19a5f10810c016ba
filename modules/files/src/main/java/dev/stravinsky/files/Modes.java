package dev.stravinsky.files;

import dev.stravinsky.api.FileModes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Sets permission bits, where a file system has them. */
final class Modes {
  private Modes() {}

  static void set(Path file, int mode) throws IOException {
    if (FileModes.hasUnixView(file)) {
      Files.setAttribute(file, "unix:mode", mode & 07777);
      return;
    }
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(FileModes.toPermissions(mode));
    }
  }

  /**
   * Attributes that create an entry with these bits from its first moment, where there are bits.
   */
  static FileAttribute<?>[] attributes(Path file, int mode) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(FileModes.toPermissions(mode))
        }
        : new FileAttribute<?>[0];
  }
}
