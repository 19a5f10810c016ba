package dev.stravinsky.release.signify;

import dev.stravinsky.api.release.PublicKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A {@code .sig} file: one signature, or several one after the other, each by another key; signify
 * reads the first.
 */
public final class Signatures {
  /** What RFC 8410 puts before the 32 bytes of a public key. */
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int NUMBER_AT = 2;
  private static final int SIGNATURE_AT = 10;
  private static final int LENGTH = 74;

  private final List<byte[]> signatures;

  private Signatures(List<byte[]> signatures) {
    this.signatures = signatures;
  }

  /**
   * Reads such a file.
   *
   * @throws MalformedException if it is none
   */
  public static Signatures read(byte[] content) {
    List<byte[]> signatures = new ArrayList<>();
    for (Block block : Block.read(content)) {
      byte[] data = block.data();
      if (data.length != LENGTH || data[0] != 'E' || data[1] != 'd') {
        throw new MalformedException(2 + 2 * signatures.size(), "is not an Ed25519 signature");
      }
      signatures.add(data);
    }
    return new Signatures(signatures);
  }

  /** The keys that they are said to be by, in order. */
  public List<String> keyIds() {
    return signatures.stream().map(Signatures::keyId).toList();
  }

  /** The first of these keys that really signed the message. */
  public Optional<PublicKey> signer(byte[] message, Collection<PublicKey> keys) {
    for (PublicKey key : keys) {
      for (byte[] signature : signatures) {
        if (keyId(signature).equals(key.id()) && verifies(message, signature, key)) {
          return Optional.of(key);
        }
      }
    }
    return Optional.empty();
  }

  private static String keyId(byte[] signature) {
    return HexFormat.of().formatHex(signature, NUMBER_AT, SIGNATURE_AT);
  }

  private static boolean verifies(byte[] message, byte[] signature, PublicKey key) {
    byte[] point = key.point();
    byte[] encoded = Arrays.copyOf(X509, X509.length + point.length);
    System.arraycopy(point, 0, encoded, X509.length, point.length);
    try {
      Signature verification = Signature.getInstance("Ed25519");
      verification.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
      verification.update(message);
      return verification.verify(signature, SIGNATURE_AT, LENGTH - SIGNATURE_AT);
    } catch (GeneralSecurityException e) {
      // A point that is not on the curve, a signature that is no pair of numbers: nobody's.
      return false;
    }
  }
}
