package dev.stravinsky.chaos;

import dev.stravinsky.chaos.archive.ArchiveContents;

/** The oracle's own SHA-256. */
final class Digests {
  private Digests() {}

  static String of(byte[] content) {
    return ArchiveContents.digest(content);
  }
}
