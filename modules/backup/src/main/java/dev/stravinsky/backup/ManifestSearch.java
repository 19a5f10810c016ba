package dev.stravinsky.backup;

import dev.stravinsky.api.PercentEncoding;
import dev.stravinsky.files.FileReads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds one entry or member in a manifest's text, which is far sooner done than to parse what
 * stands before it. Relies on nothing but how {@link ManifestWriter} breaks the lines: where the
 * text is not found nothing is said, and whoever asks has to read the manifest as JSON. A quote
 * inside of a JSON string is escaped: none of the texts can stand there.
 */
final class ManifestSearch {
  private static final int WINDOW_BYTES = 256 * 1024;

  /** More than a row takes. */
  private static final int ROW_BYTES = 64 * 1024;

  private static final String ROW = "\n" + ManifestWriter.ROW_START;

  private ManifestSearch() {}

  /**
   * The entry of this path; empty if none is found in this way. Throws DamagedException if what is
   * found cannot be read.
   */
  static Optional<Row> find(Path manifest, Item.Place place) throws IOException {
    String path = place.archivePath();
    Optional<Long> at = bisect(manifest, path);
    if (at.isEmpty()) {
      at = indexOf(manifest, ROW + path + "\"");
    }
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
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long at = first;
      int passed = 0;
      while (true) {
        String seen = text(channel, at, WINDOW_BYTES);
        int begin = 0;
        for (int end = seen.indexOf('\n'); end >= 0; end = seen.indexOf('\n', begin)) {
          if (!seen.startsWith(ManifestWriter.MEMBER_START, begin)) {
            return Optional.empty();
          }
          if (passed == index) {
            return Optional.of(at + begin);
          }
          if (!seen.startsWith(
              ManifestWriter.MEMBER_END, end - ManifestWriter.MEMBER_END.length())) {
            return Optional.empty(); // It was the last one.
          }
          passed++;
          begin = end + 1;
        }
        if (begin == 0) {
          return Optional.empty(); // No line is so long: the file has ended.
        }
        at += begin;
      }
    }
  }

  /**
   * The line break before the row, looked for where it is if the rows are in the order of their
   * paths' bytes, as an archive has them. They need not be: then it is not found.
   */
  private static Optional<Long> bisect(Path file, String path) throws IOException {
    byte[] wanted = PercentEncoding.decode(path);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long low = 0;
      long high = channel.size();
      while (high - low > ROW_BYTES) {
        long middle = (low + high) / 2;
        String seen = text(channel, middle, ROW_BYTES);
        int row = seen.indexOf(ROW);
        int end = seen.indexOf('"', Math.max(0, row) + ROW.length());
        if (row >= 0 && end >= 0) {
          byte[] there = PercentEncoding.decode(seen.substring(row + ROW.length(), end));
          int order = Arrays.compareUnsigned(wanted, there);
          if (order == 0) {
            return Optional.of(middle + row);
          }
          low = order > 0 ? middle + row : low;
          high = order > 0 ? high : middle;
        } else if (middle + seen.length() == channel.size()) {
          high = middle;
        } else {
          low = middle + 1; // Still among what stands before the rows.
        }
      }
      int found = text(channel, low, 2 * ROW_BYTES).indexOf(ROW + path + "\"");
      return found < 0 ? Optional.empty() : Optional.of(low + found);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // A name that is none was met on the way: nothing is said of order.
    }
  }

  private static Optional<Long> indexOf(Path file, String text) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long at = 0;
      while (true) {
        String seen = text(channel, at, WINDOW_BYTES);
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
  private static String text(FileChannel channel, long at, int bytes) throws IOException {
    ByteBuffer window = ByteBuffer.allocate(bytes);
    int length = FileReads.fill(channel, window, at);
    return new String(window.array(), 0, length, StandardCharsets.ISO_8859_1);
  }
}
