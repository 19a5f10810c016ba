package dev.stravinsky.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Bytes of names as text: RFC 3986's percent-encoding, in which each byte has one form only. What
 * may stand in a path stands for itself; every other byte is a percent sign and two upper-case
 * digits.
 */
public final class PercentEncoding {
  /** Bytes that stand for themselves; most names have no others, which makes them cheap. */
  private static final boolean[] PLAIN = plain("-._~!$&'()*+,;=:@/");

  private PercentEncoding() {}

  private static boolean[] plain(String others) {
    boolean[] plain = new boolean[0x80];
    for (char c = 0; c < 0x80; c++) {
      plain[c] = Character.isLetterOrDigit(c) || others.indexOf(c) >= 0;
    }
    return plain;
  }

  /** Whether all of a text stands for itself. */
  public static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || !PLAIN[c]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(byte b) {
    return b >= 0 && PLAIN[b];
  }

  /** The one form of these bytes. */
  public static String encode(byte[] bytes) {
    int plain = 0;
    while (plain < bytes.length && isPlain(bytes[plain])) {
      plain++;
    }
    if (plain == bytes.length) {
      return new String(bytes, StandardCharsets.US_ASCII);
    }
    StringBuilder out = new StringBuilder(bytes.length + 16);
    for (byte b : bytes) {
      if (isPlain(b)) {
        out.append((char) b);
      } else {
        out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return out.toString();
  }

  /**
   * The bytes of an encoded text; what needed no encoding and is none is taken as UTF-8.
   *
   * @throws IllegalArgumentException where a percent sign has no two digits after it
   */
  public static byte[] decode(String encoded) {
    if (encoded.indexOf('%') < 0) {
      return encoded.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%') {
        if (i + 2 >= encoded.length()) {
          throw new IllegalArgumentException("a cut percent-encoding: " + encoded);
        }
        out.write(HexFormat.fromHexDigits(encoded, i + 1, i + 3));
        i += 2;
      } else {
        out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toByteArray();
  }

  /** The order of the bytes that two encoded texts stand for, which an escape hides. */
  public static int compare(String encoded, String other) {
    return encoded.indexOf('%') < 0 && other.indexOf('%') < 0
        ? encoded.compareTo(other)
        : Arrays.compareUnsigned(decode(encoded), decode(other));
  }
}
