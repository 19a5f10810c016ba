package dev.stravinsky.backup;

import dev.stravinsky.files.FileReads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Finds one entry or member in a manifest's text, which is far sooner done than to parse what
 * stands before it. Relies on nothing but how {@link ManifestWriter} breaks the lines: where the
 * text is not found nothing is said, and whoever asks has to read the manifest as JSON. A quote
 * inside of a JSON string is escaped: none of the texts can stand there.
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
    Optional<Long> at = indexOf(manifest, "\n" + ManifestWriter.ROW_START + path + "\"");
    if (at.isEmpty()) {
      return Optional.empty();
    }
    Row row = ManifestReader.rowAt(manifest, at.get() + 1);
    return row.stored().place().equals(place) ? Optional.of(row) : Optional.empty();
  }

  /** The member of this number, from 0; empty if it is not found in this way. The same throws. */
  static Optional<Member> member(Path manifest, String archive, int index) throws IOException {
    String list = "\"" + archive + "\": [\n";
    Optional<Long> first = indexOf(manifest, list);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    Optional<Long> line = line(manifest, first.get() + list.length(), index);
    return line.isPresent()
        ? Optional.of(ManifestReader.memberAt(manifest, line.get()))
        : Optional.empty();
  }

  /** Where the line begins that is so many behind this one, all of them those of members. */
  private static Optional<Long> line(Path file, long first, int index) throws IOException {
    String start = ManifestWriter.MEMBER_START;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long at = first;
      for (int passed = 0; ; ) {
        String seen = text(channel, at);
        int line = 0;
        while (line >= 0 && seen.startsWith(start, line)) {
          if (passed == index) {
            return Optional.of(at + line);
          }
          int end = seen.indexOf('\n', line);
          if (end < 0) {
            break; // It goes on in the next window.
          }
          if (!seen.startsWith(
              ManifestWriter.MEMBER_END, end - ManifestWriter.MEMBER_END.length())) {
            return Optional.empty(); // It was the last one.
          }
          line = end + 1;
          passed++;
        }
        if (line == 0) {
          return Optional.empty();
        }
        at += line;
      }
    }
  }

  private static Optional<Long> indexOf(Path file, String text) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long at = 0;
      while (true) {
        String seen = text(channel, at);
        int found = seen.indexOf(text);
        if (found >= 0) {
          return Optional.of(at + found);
        }
        if (seen.length() < WINDOW_BYTES) {
          return Optional.empty();
        }
        at += seen.length() - (text.length() - 1); // What may be the beginning is seen again.
      }
    }
  }

  /** A window of the file's bytes, each as a character. */
  private static String text(FileChannel channel, long at) throws IOException {
    ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
    int length = FileReads.fill(channel, window, at);
    return new String(window.array(), 0, length, StandardCharsets.ISO_8859_1);
  }
}
