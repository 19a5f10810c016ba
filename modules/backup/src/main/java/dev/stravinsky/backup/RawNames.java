package dev.stravinsky.backup;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes of names to percent-encoded text and back, for texts that are no path within a target. */
final class RawNames {
  private static final boolean[] PLAIN = plain("-._~!$&'()*+,;=:@/");

  private RawNames() {}

  static String encode(byte[] bytes) {
    if (isPlain(bytes)) {
      return new String(bytes, StandardCharsets.US_ASCII);
    }
    StringBuilder out = new StringBuilder(bytes.length + 16);
    for (byte b : bytes) {
      char c = (char) (b & 0xff);
      if (isPlain(b)) {
        out.append(c);
      } else {
        out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return out.toString();
  }

  /** Throws {@link IllegalArgumentException} where a percent sign has no two digits after it. */
  static byte[] decode(String encoded) {
    if (encoded.indexOf('%') < 0) {
      return encoded.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%' && i + 2 >= encoded.length()) {
        throw new IllegalArgumentException("a cut percent-encoding: " + encoded);
      }
      if (c == '%') {
        out.write(HexFormat.fromHexDigits(encoded, i + 1, i + 3));
        i += 2;
      } else {
        out.write(c);
      }
    }
    return out.toByteArray();
  }

  /** Throws {@link IllegalArgumentException} for what {@link #encode} never says of a name. */
  static String requireCanonical(String encoded) {
    byte[] bytes = decode(encoded);
    boolean zero = false;
    for (byte b : bytes) {
      zero |= b == 0;
    }
    if (zero || bytes.length == 0 || !encode(bytes).equals(encoded)) {
      throw new IllegalArgumentException("not a name in its canonical encoding: " + encoded);
    }
    return encoded;
  }

  /** By the bytes that they stand for, which an escape hides. */
  static int compare(String encoded, String other) {
    return encoded.indexOf('%') < 0 && other.indexOf('%') < 0
        ? encoded.compareTo(other)
        : Arrays.compareUnsigned(decode(encoded), decode(other));
  }

  private static boolean[] plain(String others) {
    boolean[] plain = new boolean[0x80];
    for (char c = 0; c < 0x80; c++) {
      plain[c] = Character.isLetterOrDigit(c) || others.indexOf(c) >= 0;
    }
    return plain;
  }

  private static boolean isPlain(byte b) {
    return b >= 0 && PLAIN[b];
  }

  private static boolean isPlain(byte[] bytes) {
    for (byte b : bytes) {
      if (!isPlain(b)) {
        return false;
      }
    }
    return true;
  }

  static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }
}
