package dev.stravinsky.testkit.fs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Names of any bytes on a delegate that knows only text: a byte that is no UTF-8 is the surrogate
 * U+DC00 plus its value, alone.
 */
final class RawNames {
  private static final String UNRESERVED = "-._~!$&'()*+,;=:@/";

  private RawNames() {}

  /** Percent-encoded bytes of a path. */
  static String encode(String path) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < path.length(); ) {
      int c = path.codePointAt(i);
      i += Character.charCount(c);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
        out.append((char) c);
      } else if (isRawByte(c)) {
        percent(out, (byte) (c & 0xff));
      } else {
        for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
          percent(out, b);
        }
      }
    }
    return out.toString();
  }

  /** The delegate's text for percent-encoded bytes. */
  static String decode(String encoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < encoded.length(); i++) {
      if (encoded.charAt(i) == '%') {
        bytes.write(HexFormat.fromHexDigits(encoded, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(encoded.charAt(i));
      }
    }
    return text(bytes.toByteArray());
  }

  /** The text with what is no text replaced, as the JDK shows it. */
  static String readable(String path) {
    boolean plain = path.codePoints().noneMatch(RawNames::isRawByte);
    return plain
        ? path
        : path.codePoints()
            .map(c -> isRawByte(c) ? 0xFFFD : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  private static String text(byte[] bytes) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < bytes.length; ) {
      int length = sequenceLength(bytes, i);
      if (length == 0) {
        out.append((char) (0xDC00 + (bytes[i] & 0xff)));
        i++;
      } else {
        out.append(new String(bytes, i, length, StandardCharsets.UTF_8));
        i += length;
      }
    }
    return out.toString();
  }

  /** The length of the well-formed UTF-8 sequence that begins here, 0 if none does. */
  private static int sequenceLength(byte[] bytes, int at) {
    for (int length = 1; length <= 4 && at + length <= bytes.length; length++) {
      String text = new String(bytes, at, length, StandardCharsets.UTF_8);
      if (text.codePointCount(0, text.length()) == 1 && text.indexOf('\uFFFD') < 0) {
        return length;
      }
    }
    return 0;
  }

  private static boolean isRawByte(int c) {
    return c >= 0xDC80 && c <= 0xDCFF;
  }

  private static void percent(StringBuilder out, byte b) {
    out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
  }
}
