package dev.stravinsky.spi;

import java.io.IOException;
import java.nio.file.Path;

/** Fetches releases from a kind of place: a protocol, a registry, an artifact store. */
public interface ReleaseSource {
  String id();

  /** Whether it is responsible for a location as the user typed it. */
  boolean handles(String location);

  /**
   * Fetches the release's file or folder into an existing empty directory and returns its path
   * there. It is unpacked and checked by the product; nothing that the source says is trusted.
   */
  Path fetch(String location, Path directory, Cancellation cancellation) throws IOException;
}
