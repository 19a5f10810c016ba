package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/**
 * Writes a tar stream in POSIX.1-2001's PAX format, of which nothing tells who made it, or when:
 * one time for all entries, no user, no group. Commons Compress puts the user's name into the
 * headers of long names, so that two people's archives would differ.
 */
final class TarWriter implements Closeable {
  private static final int BLOCK = 512;
  private static final int NAME_BYTES = 100;
  private static final int LINK_MODE = 0777;

  private final OutputStream out;
  private final long seconds;

  /**
   * @param out is closed with this object
   * @param time of every entry
   */
  TarWriter(OutputStream out, Instant time) {
    this.out = out;
    this.seconds = Math.max(0, time.getEpochSecond());
  }

  /**
   * Adds a file.
   *
   * @throws IOException also if the content is not as long as said
   */
  void file(EntryPath path, int mode, long sizeBytes, InputStream content) throws IOException {
    header(path, '0', mode, sizeBytes, new byte[0]);
    long written = content.transferTo(out);
    if (written != sizeBytes) {
      throw new IOException(
          path.readable() + " has " + written + " bytes now, and had " + sizeBytes);
    }
    pad(sizeBytes);
  }

  void link(EntryPath path, byte[] to) throws IOException {
    header(path, '2', LINK_MODE, 0, to);
  }

  /** Writes the end mark. */
  @Override
  public void close() throws IOException {
    try (out) {
      out.write(new byte[2 * BLOCK]);
    }
  }

  private void header(EntryPath path, char type, int mode, long sizeBytes, byte[] link)
      throws IOException {
    byte[] name = path.bytes();
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    if (!isText(name) || !isText(link)) {
      record(records, "hdrcharset", "BINARY".getBytes(StandardCharsets.US_ASCII));
    }
    // Without a record readers take a name that is not ASCII for one in their own character set.
    if (needsRecord(name)) {
      record(records, "path", name);
    }
    if (needsRecord(link)) {
      record(records, "linkpath", link);
    }
    if (records.size() > 0) {
      byte[] content = records.toByteArray();
      byte[] pax = "././@PaxHeader".getBytes(StandardCharsets.US_ASCII);
      block(pax, 'x', 0644, content.length, new byte[0]);
      out.write(content);
      pad(content.length);
    }
    block(name, type, mode, sizeBytes, link);
  }

  private void block(byte[] name, char type, int mode, long sizeBytes, byte[] link)
      throws IOException {
    byte[] block = new byte[BLOCK];
    put(block, 0, Arrays.copyOf(name, Math.min(name.length, NAME_BYTES)));
    octal(block, 100, 8, mode);
    octal(block, 108, 8, 0);
    octal(block, 116, 8, 0);
    octal(block, 124, 12, sizeBytes);
    octal(block, 136, 12, seconds);
    Arrays.fill(block, 148, 156, (byte) ' ');
    block[156] = (byte) type;
    put(block, 157, Arrays.copyOf(link, Math.min(link.length, NAME_BYTES)));
    put(block, 257, "ustar\00000".getBytes(StandardCharsets.US_ASCII));
    octal(block, 329, 8, 0);
    octal(block, 337, 8, 0);
    int sum = 0;
    for (byte each : block) {
      sum += each & 0xff;
    }
    octal(block, 148, 7, sum);
    out.write(block);
  }

  private void pad(long written) throws IOException {
    out.write(new byte[(int) ((BLOCK - written % BLOCK) % BLOCK)]);
  }

  private static boolean needsRecord(byte[] name) {
    if (name.length > NAME_BYTES) {
      return true;
    }
    for (byte each : name) {
      if (each < 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean isText(byte[] name) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** {@code LENGTH KEY=VALUE\n}, where the length counts its own digits too. */
  private static void record(ByteArrayOutputStream to, String key, byte[] value)
      throws IOException {
    int rest = key.length() + value.length + 3;
    int length = rest + Integer.toString(rest).length();
    length = rest + Integer.toString(length).length();
    to.write((length + " " + key + "=").getBytes(StandardCharsets.US_ASCII));
    to.write(value);
    to.write('\n');
  }

  private static void octal(byte[] block, int at, int width, long value) {
    String digits = String.format(Locale.ROOT, "%0" + (width - 1) + "o", value);
    if (digits.length() >= width) {
      throw new IllegalArgumentException(value + " does not fit into a header of tar");
    }
    put(block, at, digits.getBytes(StandardCharsets.US_ASCII));
    block[at + width - 1] = 0;
  }

  private static void put(byte[] block, int at, byte[] bytes) {
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }
}
