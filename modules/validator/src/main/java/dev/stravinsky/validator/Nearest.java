package dev.stravinsky.validator;

import dev.stravinsky.api.Presence;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** Where something would be created that need not exist yet. */
final class Nearest {
  private Nearest() {}

  /**
   * The path itself, or the nearest folder above it that exists; links are followed. Where a folder
   * may not be searched, it is that folder.
   */
  static Path existing(Path path) throws IOException {
    Path nearest = path.toAbsolutePath();
    while (!canBeSeen(nearest) && nearest.getParent() != null) {
      nearest = nearest.getParent();
    }
    return nearest;
  }

  private static boolean canBeSeen(Path path) throws IOException {
    try {
      return Presence.exists(path);
    } catch (AccessDeniedException e) {
      return false;
    }
  }
}
