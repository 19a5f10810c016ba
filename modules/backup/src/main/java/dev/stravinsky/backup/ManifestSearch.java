package dev.stravinsky.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Finds one entry in a manifest's text, which is far sooner done than to parse the entries before
 * it. Relies on nothing but how {@link ManifestWriter} begins an entry: where the text is not found
 * nothing is said, and whoever asks has to read the manifest as JSON.
 */
final class ManifestSearch {
  private static final int WINDOW_BYTES = 256 * 1024;

  private ManifestSearch() {}

  /**
   * The first entry of this path; empty if none is found in this way. Throws DamagedException if
   * what is found cannot be read.
   */
  static Optional<Row> find(Path manifest, Item.Place place) throws IOException {
    String path = place.archivePath();
    // A quote inside of a JSON string is escaped: the text cannot stand there.
    Optional<Long> at = indexOf(manifest, "\n" + ManifestWriter.ROW_START + path + "\"");
    if (at.isEmpty()) {
      return Optional.empty();
    }
    Row row = ManifestReader.rowAt(manifest, at.get() + 1);
    return row.stored().place().equals(place) ? Optional.of(row) : Optional.empty();
  }

  private static Optional<Long> indexOf(Path file, String text) throws IOException {
    ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES + text.length());
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long start = 0;
      while (channel.read(window) >= 0) {
        String seen = new String(window.array(), 0, window.position(), StandardCharsets.ISO_8859_1);
        int found = seen.indexOf(text);
        if (found >= 0) {
          return Optional.of(start + found);
        }
        // What may be the beginning of the text stays in the window.
        int kept = Math.min(text.length() - 1, window.position());
        start += window.position() - kept;
        window.flip().position(window.limit() - kept);
        window.compact();
      }
    }
    return Optional.empty();
  }
}
