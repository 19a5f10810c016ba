package dev.stravinsky.api;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A SHA-256 digest (FIPS 180-4).
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Sha256(String hex) {
  public Sha256 {
    Objects.requireNonNull(hex);
    if (hex.length() != 64 || !isLowerHex(hex)) {
      throw new IllegalArgumentException("not a SHA-256 digest: " + hex);
    }
  }

  private static boolean isLowerHex(String hex) {
    for (int i = 0; i < hex.length(); i++) {
      char c = hex.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /** Never fed. A copy of it costs a tenth of looking for the algorithm again. */
  private static final class Unused {
    static final MessageDigest DIGEST = find();

    private static MessageDigest find() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }

  /** A digest to be fed. */
  public static MessageDigest newDigest() {
    try {
      return (MessageDigest) Unused.DIGEST.clone();
    } catch (CloneNotSupportedException e) {
      return Unused.find(); // Of another provider than the platform's own.
    }
  }

  /** Ends the digest; it is reset. */
  public static Sha256 from(MessageDigest digest) {
    return new Sha256(HexFormat.of().formatHex(digest.digest()));
  }

  public static Sha256 of(byte[] content) {
    MessageDigest digest = newDigest();
    digest.update(content);
    return from(digest);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sha256 that && hex.equals(that.hex);
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }

  @Override
  public String toString() {
    return hex;
  }
}
