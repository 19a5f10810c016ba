package dev.stravinsky.validator;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where something would be created that need not exist yet. */
final class Nearest {
  private Nearest() {}

  /** The path itself, or the nearest folder above it that exists; links are followed. */
  static Path existing(Path path) {
    Path nearest = path.toAbsolutePath();
    while (!Files.exists(nearest) && nearest.getParent() != null) {
      nearest = nearest.getParent();
    }
    return nearest;
  }
}
