package dev.stravinsky.backup;

import dev.stravinsky.api.PercentEncoding;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Writes tar headers (POSIX.1-2001 "pax"): ustar fields as far as they reach, so that programs that
 * know no pax records still find names and sizes, and pax records for the rest. The bytes depend on
 * nothing but the header.
 */
final class TarHeaderWriter {
  private static final int NAME_BYTES = 100;
  private static final int PREFIX_BYTES = 155;
  private static final int OWNER_BYTES = 31;
  private static final long MAX_OCTAL_7 = 07777777L;
  private static final long MAX_OCTAL_11 = 077777777777L;

  private final TarHeader header;
  private final byte[] name;
  private final byte[] link;

  private TarHeaderWriter(TarHeader header) {
    this.header = header;
    byte[] plain = PercentEncoding.decode(header.name());
    this.name = header.type() == TarHeader.DIRECTORY ? withSlash(plain) : plain;
    this.link = PercentEncoding.decode(header.linkTarget());
  }

  /** The header's blocks: one, or three and more where pax records are needed. */
  static byte[] bytes(TarHeader header) {
    TarHeaderWriter writer = new TarHeaderWriter(header);
    byte[] pax = writer.paxRecords();
    byte[] main = writer.block(header.type(), header.size(), writer.name, writer.link);
    if (pax.length == 0) {
      return main;
    }
    byte[] paxName = "PaxHeaders/entry".getBytes(StandardCharsets.US_ASCII);
    byte[] paxHeader = writer.block('x', pax.length, paxName, new byte[0]);
    int paxBytes = (int) TarHeader.padded(pax.length);
    byte[] all = Arrays.copyOf(paxHeader, 2 * TarHeader.BLOCK + paxBytes);
    System.arraycopy(pax, 0, all, TarHeader.BLOCK, pax.length);
    System.arraycopy(main, 0, all, TarHeader.BLOCK + paxBytes, TarHeader.BLOCK);
    return all;
  }

  private byte[] paxRecords() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean paxPath = !RawNames.isAscii(name) || split(name) < 0;
    boolean paxLink = !RawNames.isAscii(link) || link.length > NAME_BYTES;
    boolean binary =
        !RawNames.isAscii(name) && !RawNames.isUtf8(name)
            || !RawNames.isAscii(link) && !RawNames.isUtf8(link);
    if (binary) {
      record(out, "hdrcharset", "BINARY".getBytes(StandardCharsets.US_ASCII));
    }
    if (header.owner().gid() > MAX_OCTAL_7) {
      record(out, "gid", ascii(header.owner().gid()));
    }
    if (paxLink) {
      record(out, "linkpath", link);
    }
    if (needsPaxTime(header.modified())) {
      record(out, "mtime", time(header.modified()).getBytes(StandardCharsets.US_ASCII));
    }
    if (paxPath) {
      record(out, "path", name);
    }
    if (header.size() > MAX_OCTAL_11) {
      record(out, "size", ascii(header.size()));
    }
    if (header.owner().uid() > MAX_OCTAL_7) {
      record(out, "uid", ascii(header.owner().uid()));
    }
    return out.toByteArray();
  }

  private byte[] block(char type, long size, byte[] path, byte[] linkPath) {
    byte[] block = new byte[TarHeader.BLOCK];
    int cut = Math.max(0, split(path));
    put(block, 345, PREFIX_BYTES, Arrays.copyOf(path, Math.max(0, cut - 1)));
    put(block, 0, NAME_BYTES, Arrays.copyOfRange(path, cut, path.length));
    number(block, 100, 8, type == 'x' ? 0644 : header.mode());
    number(block, 108, 8, header.owner().uid());
    number(block, 116, 8, header.owner().gid());
    number(block, 124, 12, size);
    number(block, 136, 12, Math.max(0, Math.min(MAX_OCTAL_11, header.modified().getEpochSecond())));
    block[156] = (byte) type;
    put(block, 157, NAME_BYTES, linkPath);
    put(block, 257, 8, new byte[] {'u', 's', 't', 'a', 'r', 0, '0', '0'});
    owner(block, 265, header.owner().user());
    owner(block, 297, header.owner().group());
    number(block, 329, 8, 0);
    number(block, 337, 8, 0);
    checksum(block);
    return block;
  }

  /** Where the name field begins: 0 if all fits there, -1 if it fits no cut at a slash. */
  private static int split(byte[] path) {
    if (path.length <= NAME_BYTES) {
      return 0;
    }
    for (int i = Math.min(path.length - 2, PREFIX_BYTES); i > 0; i--) {
      if (path[i] == '/' && path.length - i - 1 <= NAME_BYTES) {
        return i + 1;
      }
    }
    return -1;
  }

  private static void number(byte[] block, int at, int length, long value) {
    if (value >>> 3 * (length - 1) == 0) {
      for (int i = length - 2; i >= 0; i--, value >>>= 3) {
        block[at + i] = (byte) ('0' + (value & 7));
      }
      return;
    }
    // Base 256, as GNU tar began it: for readers that know no pax records.
    for (int i = length - 1; i > 0; i--) {
      block[at + i] = (byte) value;
      value >>= 8;
    }
    block[at] = (byte) 0x80;
  }

  /** A name too long for its field is cut between two characters: what is read is text again. */
  private static void owner(byte[] block, int at, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(bytes.length, OWNER_BYTES);
    while (length < bytes.length && (bytes[length] & 0xC0) == 0x80) {
      length--;
    }
    put(block, at, length, bytes);
  }

  private static void checksum(byte[] block) {
    Arrays.fill(block, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    number(block, 148, 7, sum);
    block[154] = 0;
  }

  private static void put(byte[] block, int at, int length, byte[] value) {
    System.arraycopy(value, 0, block, at, Math.min(length, value.length));
  }

  /** {@code LENGTH KEY=VALUE\n}, where the length counts itself. */
  private static void record(ByteArrayOutputStream out, String key, byte[] value) {
    int rest = key.length() + value.length + 3;
    int length = rest + Integer.toString(rest).length();
    if (Integer.toString(length).length() > Integer.toString(rest).length()) {
      length++;
    }
    out.writeBytes((length + " " + key + "=").getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(value);
    out.write('\n');
  }

  private static boolean needsPaxTime(Instant time) {
    return time.getNano() != 0 || time.getEpochSecond() < 0 || time.getEpochSecond() > MAX_OCTAL_11;
  }

  /** Seconds since the epoch as a decimal, exact to the nanosecond, negative before it. */
  static String time(Instant time) {
    if (time.getNano() == 0) {
      return Long.toString(time.getEpochSecond());
    }
    if (time.getEpochSecond() >= 0) {
      String nanos = Integer.toString(1_000_000_000 + time.getNano());
      int end = nanos.length();
      while (nanos.charAt(end - 1) == '0') {
        end--;
      }
      return time.getEpochSecond() + "." + nanos.substring(1, end);
    }
    java.math.BigDecimal seconds =
        java.math.BigDecimal.valueOf(time.getEpochSecond())
            .add(java.math.BigDecimal.valueOf(time.getNano(), 9));
    return seconds.stripTrailingZeros().toPlainString();
  }

  private static byte[] ascii(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] withSlash(byte[] path) {
    byte[] all = Arrays.copyOf(path, path.length + 1);
    all[path.length] = '/';
    return all;
  }
}
