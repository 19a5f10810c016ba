package dev.stravinsky.backup;

import dev.stravinsky.api.PercentEncoding;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads the headers of unpacked tar members strictly: of files, links and directories, and only if
 * {@link TarHeaderWriter} would write the same bytes. So there is no second way to say a name or a
 * size that another program might read differently.
 */
final class TarHeaderReader {
  private static final int MAX_PAX_BYTES = 1 << 20;

  /** So many digits of seconds are always an {@link Instant}. */
  private static final int MAX_PLAIN_DIGITS = 15;

  private static final String TYPES =
      "" + TarHeader.FILE + TarHeader.HARD_LINK + TarHeader.LINK + TarHeader.DIRECTORY;

  private static final byte[] USTAR = "ustar".getBytes(StandardCharsets.US_ASCII);

  // A decimal with an exponent could be asked for a thousand million digits.
  private static final Pattern SECONDS = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,9})?");

  private final byte[] raw;
  private final int end;
  private int at;

  TarHeaderReader(byte[] raw, int end) {
    this.raw = raw;
    this.end = end;
  }

  /** Where the next byte is read. */
  int position() {
    return at;
  }

  boolean atEnd() {
    return at == end;
  }

  /** Moves over content and its padding. */
  void skip(long size) throws TarFormatException {
    // Compared before it is padded: the largest numbers have no next multiple of a block.
    if (size < 0 || size > end - at || TarHeader.padded(size) > end - at) {
      throw new TarFormatException("an entry is longer than its member");
    }
    at += (int) TarHeader.padded(size);
  }

  /** The next header with its pax records; the position is then at the content. */
  TarHeader next() throws TarFormatException {
    int start = at;
    TarHeader header = parse();
    byte[] written = TarHeaderWriter.bytes(header);
    if (!Arrays.equals(written, 0, written.length, raw, start, at)) {
      throw new TarFormatException("the header of " + header.name() + " says it in other bytes");
    }
    return header;
  }

  private TarHeader parse() throws TarFormatException {
    Map<String, byte[]> pax = Map.of();
    int block = block();
    if (raw[block + 156] == 'x') {
      long size = number(block + 124, 12);
      if (size > MAX_PAX_BYTES) {
        throw new TarFormatException("pax records of " + size + " bytes");
      }
      int records = at;
      skip(size);
      pax = records(records, (int) size);
      block = block();
    }
    return header(block, pax);
  }

  private int block() throws TarFormatException {
    if (end - at < TarHeader.BLOCK) {
      throw new TarFormatException("the archive ends within a header");
    }
    int block = at;
    at += TarHeader.BLOCK;
    int sum = 8 * ' ';
    for (int i = block; i < at; i++) {
      sum += raw[i] & 0xff;
    }
    for (int i = block + 148; i < block + 156; i++) {
      sum -= raw[i] & 0xff;
    }
    if (number(block + 148, 7) != sum || !isUstar(block + 257)) {
      throw new TarFormatException("no tar header where one has to be");
    }
    return block;
  }

  private boolean isUstar(int from) {
    return Arrays.equals(raw, from, from + 5, USTAR, 0, 5);
  }

  private TarHeader header(int block, Map<String, byte[]> pax) throws TarFormatException {
    byte[] name = pax.getOrDefault("path", ustarName(block));
    if (name.length > 0 && name[name.length - 1] == '/') {
      name = Arrays.copyOf(name, name.length - 1);
    }
    byte[] link = pax.getOrDefault("linkpath", field(block + 157, 100));
    long size = pax.containsKey("size") ? decimal(pax.get("size")) : number(block + 124, 12);
    Instant modified =
        pax.containsKey("mtime")
            ? time(pax.get("mtime"))
            : time(Long.toString(number(block + 136, 12)).getBytes(StandardCharsets.US_ASCII));
    String encoded = PercentEncoding.encode(name);
    char type = (char) (raw[block + 156] & 0xff);
    if (TYPES.indexOf(type) < 0) {
      throw new TarFormatException(
          encoded + " is no file, link or directory but of type " + (int) type);
    }
    if (size < 0) {
      throw new TarFormatException(encoded + " has a negative size");
    }
    return new TarHeader(
        encoded,
        type,
        (int) number(block + 100, 8),
        size,
        modified,
        PercentEncoding.encode(link),
        new TarHeader.Owner(
            pax.containsKey("uid") ? decimal(pax.get("uid")) : number(block + 108, 8),
            pax.containsKey("gid") ? decimal(pax.get("gid")) : number(block + 116, 8),
            text(block + 265, 32),
            text(block + 297, 32)));
  }

  private byte[] ustarName(int block) {
    byte[] name = field(block, 100);
    byte[] prefix = field(block + 345, 155);
    if (prefix.length == 0) {
      return name;
    }
    byte[] all = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
    all[prefix.length] = '/';
    System.arraycopy(name, 0, all, prefix.length + 1, name.length);
    return all;
  }

  private Map<String, byte[]> records(int start, int size) throws TarFormatException {
    Map<String, byte[]> records = new TreeMap<>();
    int from = start;
    while (from < start + size) {
      int space = indexOf(' ', from, start + size);
      long length = decimal(Arrays.copyOfRange(raw, from, space));
      if (length < space - from + 4 || length > start + size - from) {
        throw new TarFormatException("a pax record of a wrong length");
      }
      int next = from + (int) length;
      int equals = indexOf('=', space, next - 1); // The last byte is the line's end.
      String key = new String(raw, space + 1, equals - space - 1, StandardCharsets.UTF_8);
      records.put(key, Arrays.copyOfRange(raw, equals + 1, next - 1));
      from = next;
    }
    return records;
  }

  private int indexOf(char wanted, int from, int limit) throws TarFormatException {
    for (int i = from; i < limit; i++) {
      if (raw[i] == wanted) {
        return i;
      }
    }
    throw new TarFormatException("a pax record without '" + wanted + "'");
  }

  private long number(int from, int length) throws TarFormatException {
    if ((raw[from] & 0x80) != 0) {
      return base256(from, length);
    }
    long plain = 0;
    int digits = 0;
    while (digits < length && raw[from + digits] >= '0' && raw[from + digits] <= '7') {
      plain = plain << 3 | raw[from + digits++] - '0';
    }
    if (digits > 0 && (digits == length || raw[from + digits] == 0)) {
      return plain;
    }
    String octal = text(from, length).strip();
    try {
      return octal.isEmpty() ? 0 : Long.parseUnsignedLong(octal, 8);
    } catch (NumberFormatException e) {
      throw new TarFormatException("not an octal number: " + octal);
    }
  }

  /** As GNU tar writes what is too large for octal digits; the first byte of negatives is 0xff. */
  private long base256(int from, int length) throws TarFormatException {
    if ((raw[from] & 0xff) != 0x80) {
      throw new TarFormatException("a negative number in a header");
    }
    long value = 0;
    for (int i = 1; i < length; i++) {
      if (value > Long.MAX_VALUE >> 8) {
        throw new TarFormatException("a number in a header that is too large");
      }
      value = value << 8 | raw[from + i] & 0xff;
    }
    return value;
  }

  private static long decimal(byte[] digits) throws TarFormatException {
    try {
      return Long.parseLong(new String(digits, StandardCharsets.US_ASCII));
    } catch (NumberFormatException e) {
      throw new TarFormatException("not a number in a pax record");
    }
  }

  private static Instant time(byte[] seconds) throws TarFormatException {
    String text = new String(seconds, StandardCharsets.US_ASCII);
    int point = text.indexOf('.');
    if (isDigits(text, 0, point < 0 ? text.length() : point)
        && (point < 0 || text.length() <= point + 10 && isDigits(text, point + 1, text.length()))) {
      long nanos = 0;
      for (int i = 1; point >= 0 && i <= 9; i++) {
        nanos = 10 * nanos + (point + i < text.length() ? text.charAt(point + i) - '0' : 0);
      }
      long whole = Long.parseLong(text, 0, point < 0 ? text.length() : point, 10);
      return Instant.ofEpochSecond(whole, nanos);
    }
    return oddTime(text);
  }

  private static boolean isDigits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return to > from && to - from <= MAX_PLAIN_DIGITS;
  }

  /** Before the epoch, out of bounds, or none at all. */
  private static Instant oddTime(String text) throws TarFormatException {
    if (!SECONDS.matcher(text).matches()) {
      throw new TarFormatException("not a time in a pax record");
    }
    try {
      BigDecimal exact = new BigDecimal(text);
      BigDecimal whole = exact.setScale(0, java.math.RoundingMode.FLOOR);
      return Instant.ofEpochSecond(
          whole.longValueExact(), exact.subtract(whole).movePointRight(9).intValueExact());
    } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
      throw new TarFormatException("not a time in a pax record");
    }
  }

  private byte[] field(int from, int length) {
    int stop = from;
    while (stop < from + length && raw[stop] != 0) {
      stop++;
    }
    return Arrays.copyOfRange(raw, from, stop);
  }

  private String text(int from, int length) {
    return new String(field(from, length), StandardCharsets.UTF_8);
  }
}
