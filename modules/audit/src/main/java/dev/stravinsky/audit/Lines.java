package dev.stravinsky.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Reads a part of the log line by line, as bytes. */
final class Lines implements Closeable {
  private static final int CHUNK = 1 << 16;

  /** No event is so long; what is beyond in a damaged file is skipped to the next newline. */
  private static final int MAX_LINE = 8 << 20;

  private final InputStream in;
  private final byte[] chunk = new byte[CHUNK];
  private int at;
  private int filled;
  private long offset;
  private int number;

  private Lines(InputStream in) {
    this.in = in;
  }

  /**
   * A line without its newline.
   *
   * @param number counted from 1
   * @param offset where it begins in the (unpacked) file
   * @param end the offset behind its newline
   * @param whole whether it has a newline; only the last one may not
   */
  record Line(byte[] bytes, int number, long offset, long end, boolean whole) {}

  static Lines open(Path segment) throws IOException {
    InputStream raw = Files.newInputStream(segment);
    if (!segment.getFileName().toString().endsWith(".gz")) {
      return new Lines(raw);
    }
    try {
      return new Lines(new GZIPInputStream(new BufferedInputStream(raw), CHUNK));
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** From this offset of a file that is not packed. */
  static Lines open(Path log, long from) throws IOException {
    Lines lines = open(log);
    try {
      lines.in.skipNBytes(from);
      lines.offset = from;
      return lines;
    } catch (IOException e) {
      lines.close();
      throw e;
    }
  }

  /** The next line; empty at the end. */
  Optional<Line> next() throws IOException {
    long start = offset;
    int newline = fill() ? indexOfNewline() : -1;
    if (newline >= 0) {
      // Nearly every line lies whole in what was read.
      byte[] bytes = Arrays.copyOfRange(chunk, at, newline);
      offset += newline + 1 - at;
      at = newline + 1;
      return Optional.of(new Line(bytes, ++number, start, offset, true));
    }
    return nextOverChunks(start);
  }

  /** A line whose end was not read yet, or that has none. */
  private Optional<Line> nextOverChunks(long start) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    while (fill()) {
      int newline = indexOfNewline();
      int end = newline < 0 ? filled : newline;
      if (line.size() + (end - at) <= MAX_LINE) {
        line.write(chunk, at, end - at);
      }
      offset += end - at;
      at = end;
      if (newline >= 0) {
        at++;
        offset++;
        return Optional.of(new Line(line.toByteArray(), ++number, start, offset, true));
      }
    }
    return offset == start
        ? Optional.empty()
        : Optional.of(new Line(line.toByteArray(), ++number, start, offset, false));
  }

  private boolean fill() throws IOException {
    if (at == filled) {
      at = 0;
      filled = Math.max(0, in.readNBytes(chunk, 0, CHUNK));
    }
    return at < filled;
  }

  private int indexOfNewline() {
    for (int i = at; i < filled; i++) {
      if (chunk[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
