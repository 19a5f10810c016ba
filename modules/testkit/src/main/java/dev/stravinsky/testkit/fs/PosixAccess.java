package dev.stravinsky.testkit.fs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Answers "may this be run" from the permission bits, where the delegate would say yes to all. */
final class PosixAccess {
  private PosixAccess() {}

  static void check(Path shown, Path file, AccessMode... modes) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null || Files.isDirectory(file)) {
      return;
    }
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    for (AccessMode mode : modes) {
      if (mode == AccessMode.EXECUTE
          && !permissions.contains(PosixFilePermission.OWNER_EXECUTE)
          && !permissions.contains(PosixFilePermission.GROUP_EXECUTE)
          && !permissions.contains(PosixFilePermission.OTHERS_EXECUTE)) {
        throw new AccessDeniedException(shown.toString());
      }
    }
  }
}
