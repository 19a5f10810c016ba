package dev.stravinsky.release;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipException;

/**
 * Reads a tar stream strictly: ustar, PAX and GNU long names. Names stay the bytes that they are in
 * the archive, which Commons Compress decodes; an archive without its end block, which it takes for
 * whole, is cut off.
 */
final class TarReader implements Closeable {
  private static final int BLOCK = 512;
  private static final int MAX_HEADER_BYTES = 1024 * 1024;
  private static final String SPARSE = "GNU.sparse";
  private static final Set<String> KEYS = Set.of("path", "linkpath", "size");

  private final InputStream in;
  private long remaining;
  private long padding;
  private long position;

  TarReader(InputStream in) {
    this.in = in;
  }

  /** An entry's header; the content follows in {@link #content}. */
  record Entry(byte[] name, char type, int mode, byte[] link) {}

  /** The next entry, empty after the last one, when the stream was read to its end. */
  Optional<Entry> next() throws IOException {
    Map<String, byte[]> extended = new HashMap<>();
    while (true) {
      skip(remaining + padding);
      byte[] block = in.readNBytes(BLOCK);
      if (block.length < BLOCK) {
        throw new EOFException(
            "ends at byte " + (position + block.length) + " without an end mark");
      }
      if (isZero(block)) {
        in.transferTo(OutputStream.nullOutputStream()); // So that gzip's checksum is seen.
        return Optional.empty();
      }
      requireChecksum(block);
      position += BLOCK;
      char type = (char) (block[156] & 0xff);
      long size = number(block, 124, 12);
      if (extended.containsKey("size") && "01234567\0".indexOf(type) >= 0) {
        size = decimal(extended.get("size"));
      }
      begin(type, size);
      switch (type) {
        case 'x' -> extended.putAll(records(header()));
        case 'g' -> header();
        case 'L' -> extended.put("path", cString(header()));
        case 'K' -> extended.put("linkpath", cString(header()));
        default -> {
          return Optional.of(entry(block, type, extended));
        }
      }
    }
  }

  /** The current entry's content, as long as the header said. */
  InputStream content() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
          return 0;
        }
        if (remaining == 0) {
          return -1;
        }
        int n = in.read(buffer, offset, (int) Math.min(length, remaining));
        if (n < 0) {
          throw new EOFException("ends at byte " + position + " within a file");
        }
        remaining -= n;
        position += n;
        return n;
      }
    };
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private Entry entry(byte[] block, char type, Map<String, byte[]> extended) throws IOException {
    if (extended.containsKey(SPARSE)) {
      return new Entry(name(block, extended), 'S', 0, new byte[0]);
    }
    byte[] name = name(block, extended);
    byte[] link = extended.getOrDefault("linkpath", field(block, 157, 100));
    boolean oldDirectory =
        (type == '0' || type == 0) && name.length > 0 && name[name.length - 1] == '/';
    return new Entry(name, oldDirectory ? '5' : type, (int) number(block, 100, 8) & 07777, link);
  }

  private static byte[] name(byte[] block, Map<String, byte[]> extended) {
    byte[] name = field(block, 0, 100);
    boolean posix = new String(block, 257, 6, StandardCharsets.ISO_8859_1).equals("ustar\0");
    byte[] prefix = posix ? field(block, 345, 155) : new byte[0];
    if (prefix.length > 0) {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      whole.writeBytes(prefix);
      whole.write('/');
      whole.writeBytes(name);
      name = whole.toByteArray();
    }
    return extended.getOrDefault("path", name);
  }

  private void begin(char type, long size) throws IOException {
    if (size < 0) {
      throw new ZipException("an entry of negative size at byte " + position);
    }
    // Links, devices and directories have no content, whatever their size field says.
    remaining = "123456".indexOf(type) >= 0 ? 0 : size;
    padding = (BLOCK - remaining % BLOCK) % BLOCK;
  }

  private byte[] header() throws IOException {
    if (remaining > MAX_HEADER_BYTES) {
      throw new ZipException("an extended header of " + remaining + " bytes");
    }
    return content().readAllBytes();
  }

  private void skip(long bytes) throws IOException {
    in.skipNBytes(bytes);
    position += bytes;
    remaining = 0;
    padding = 0;
  }

  private void requireChecksum(byte[] block) throws IOException {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
    }
    if (sum != number(block, 148, 8)) {
      throw new ZipException(
          position == 0 ? "no tar archive is in it" : "a damaged header at byte " + position);
    }
  }

  /** PAX records, {@code LENGTH KEY=VALUE\n}; what nobody asks for is not kept in memory. */
  private static Map<String, byte[]> records(byte[] data) throws IOException {
    Map<String, byte[]> records = new HashMap<>();
    int at = 0;
    while (at < data.length) {
      int space = indexOf(data, ' ', at);
      int length = (int) decimal(Arrays.copyOfRange(data, at, space));
      int equals = indexOf(data, '=', space);
      // The last byte is the line's end, which is no part of the value.
      if (length <= 0 || length > data.length - at || equals >= at + length - 1) {
        throw new ZipException("a damaged extended header");
      }
      String key = new String(data, space + 1, equals - space - 1, StandardCharsets.UTF_8);
      byte[] value = Arrays.copyOfRange(data, equals + 1, at + length - 1);
      if (key.startsWith(SPARSE)) {
        records.put(SPARSE, value);
      } else if (KEYS.contains(key)) {
        records.put(key, value);
      }
      at += length;
    }
    return records;
  }

  private static int indexOf(byte[] data, char wanted, int from) throws IOException {
    for (int i = from; i < data.length; i++) {
      if (data[i] == wanted) {
        return i;
      }
    }
    throw new ZipException("a damaged extended header");
  }

  private static long decimal(byte[] digits) throws IOException {
    try {
      return Long.parseLong(new String(digits, StandardCharsets.ISO_8859_1));
    } catch (NumberFormatException e) {
      throw new ZipException("a damaged number in a header");
    }
  }

  /** Octal digits, or the big-endian number that GNU tar writes when they do not suffice. */
  private static long number(byte[] block, int from, int length) throws IOException {
    if ((block[from] & 0x80) != 0) {
      long value = block[from] & 0x3f;
      for (int i = from + 1; i < from + length; i++) {
        value = value << 8 | block[i] & 0xff;
      }
      return (block[from] & 0x40) != 0 ? -1 : value;
    }
    String digits = new String(field(block, from, length), StandardCharsets.ISO_8859_1).strip();
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new ZipException("no tar archive is in it, or a damaged header");
    }
  }

  private static byte[] field(byte[] block, int from, int length) {
    return cString(Arrays.copyOfRange(block, from, from + length));
  }

  private static byte[] cString(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return Arrays.copyOf(bytes, i);
      }
    }
    return bytes;
  }

  private static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }
}
