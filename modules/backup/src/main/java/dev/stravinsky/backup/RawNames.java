package dev.stravinsky.backup;

import dev.stravinsky.api.PercentEncoding;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What names consist of, also those that are no path within a target. */
final class RawNames {
  private RawNames() {}

  /** Throws {@link IllegalArgumentException} for what is never said of a name. */
  static String requireCanonical(String encoded) {
    byte[] bytes = PercentEncoding.decode(encoded);
    boolean zero = false;
    for (byte b : bytes) {
      zero |= b == 0;
    }
    if (zero || bytes.length == 0 || !PercentEncoding.encode(bytes).equals(encoded)) {
      throw new IllegalArgumentException("not a name in its canonical encoding: " + encoded);
    }
    return encoded;
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
