package dev.stravinsky.api.release;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An Ed25519 public key as signify writes it: the second line of a {@code .pub} file. Those are the
 * letters {@code Ed}, the key's number (8 bytes) and the key (32 bytes) in Base64.
 *
 * @param text 56 characters, which begin with {@code RW}
 */
public record PublicKey(String text) {
  private static final int NUMBER_AT = 2;
  private static final int KEY_AT = 10;
  private static final int LENGTH = 42;

  public PublicKey {
    Objects.requireNonNull(text);
    if (!isValid(text)) {
      throw new IllegalArgumentException("not a signify public key: " + text);
    }
  }

  /** Whether the text can be a key; not whether anybody has its secret half. */
  public static boolean isValid(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return bytes.length == LENGTH
          && bytes[0] == 'E'
          && bytes[1] == 'd'
          && Base64.getEncoder().encodeToString(bytes).equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The key's number as 16 hexadecimal digits: how people and messages call it. */
  public String id() {
    return HexFormat.of().formatHex(bytes(), NUMBER_AT, KEY_AT);
  }

  /** The point of the curve, as RFC 8032 encodes it. */
  public byte[] point() {
    return Arrays.copyOfRange(bytes(), KEY_AT, LENGTH);
  }

  @Override
  public String toString() {
    return text;
  }

  private byte[] bytes() {
    return Base64.getDecoder().decode(text);
  }
}
