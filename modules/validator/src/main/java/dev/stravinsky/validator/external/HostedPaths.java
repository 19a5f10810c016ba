package dev.stravinsky.validator.external;

import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Paths as a plugin host writes them. */
final class HostedPaths {
  private HostedPaths() {}

  /** The absolute path of a {@code file:} URI; empty if there is none. */
  static Optional<Path> path(JsonNode json, String key) {
    String written = json.path(key).asString("");
    if (!written.startsWith("file:")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(URI.create(written)).normalize());
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      return Optional.empty();
    }
  }
}
