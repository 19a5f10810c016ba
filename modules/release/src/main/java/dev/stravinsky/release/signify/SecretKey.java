package dev.stravinsky.release.signify;

import dev.stravinsky.api.release.PublicKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A {@code .sec} file without a passphrase, as {@code signify -G -n} makes one: {@code Ed}, {@code
 * BK}, 0 rounds, a salt (16 bytes), the first 8 bytes of the key's SHA-512, the key's number (8)
 * and the key: the seed (32) and the public key (32).
 */
public final class SecretKey {
  /** What RFC 8410 puts before the 32 bytes of a seed. */
  private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");

  private static final int LENGTH = 104;
  private static final int ROUNDS_AT = 4;
  private static final int SALT_AT = 8;
  private static final int CHECKSUM_AT = 24;
  private static final int NUMBER_AT = 32;
  private static final int SEED_AT = 40;
  private static final int POINT_AT = 72;
  private static final int NUMBER_BYTES = 8;

  private final byte[] data;

  private SecretKey(byte[] data) {
    this.data = data;
  }

  /** A new key. */
  public static SecretKey generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] encodedPublic = pair.getPublic().getEncoded();
      byte[] encodedPrivate = pair.getPrivate().getEncoded();
      byte[] key = new byte[LENGTH - SEED_AT];
      System.arraycopy(encodedPrivate, PKCS8.length, key, 0, 32);
      System.arraycopy(encodedPublic, encodedPublic.length - 32, key, 32, 32);
      byte[] random = new byte[CHECKSUM_AT - SALT_AT + NUMBER_BYTES];
      new SecureRandom().nextBytes(random);
      ByteBuffer data = ByteBuffer.allocate(LENGTH).put(new byte[] {'E', 'd', 'B', 'K'}).putInt(0);
      data.put(random, 0, CHECKSUM_AT - SALT_AT).put(checksum(key));
      data.put(random, CHECKSUM_AT - SALT_AT, NUMBER_BYTES).put(key);
      return new SecretKey(data.array());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform has no Ed25519", e);
    }
  }

  /**
   * Reads such a file.
   *
   * @throws MalformedException if it is none, or has a passphrase, whose derivation (bcrypt_pbkdf)
   *     only signify knows
   */
  public static SecretKey read(byte[] content) {
    byte[] data = Block.read(content).getFirst().data();
    if (data.length != LENGTH || data[0] != 'E' || data[1] != 'd') {
      throw new MalformedException(2, "is not an Ed25519 secret key");
    }
    if (ByteBuffer.wrap(data).getInt(ROUNDS_AT) != 0) {
      throw new MalformedException(2, "is a key with a passphrase: sign with signify itself");
    }
    byte[] key = Arrays.copyOfRange(data, SEED_AT, LENGTH);
    if (!Arrays.equals(checksum(key), Arrays.copyOfRange(data, CHECKSUM_AT, NUMBER_AT))) {
      throw new MalformedException(2, "is a damaged key: its checksum is wrong");
    }
    return new SecretKey(data);
  }

  /** The public half. */
  public PublicKey publicKey() {
    ByteBuffer key = ByteBuffer.allocate(2 + NUMBER_BYTES + 32).put(new byte[] {'E', 'd'});
    key.put(data, NUMBER_AT, NUMBER_BYTES).put(data, POINT_AT, 32);
    return new PublicKey(Base64.getEncoder().encodeToString(key.array()));
  }

  /** The secret key's file. */
  public byte[] write(String name) {
    return new Block(name + " secret key", data).write();
  }

  /** The public key's file. */
  public byte[] writePublic(String name) {
    byte[] key = Base64.getDecoder().decode(publicKey().text());
    return new Block(name + " public key", key).write();
  }

  /**
   * The {@code .sig} file of a message.
   *
   * @param publicKeyFile the name of the public key's file, for the comment
   */
  public byte[] sign(byte[] message, String publicKeyFile) {
    byte[] encoded = Arrays.copyOf(PKCS8, PKCS8.length + 32);
    System.arraycopy(data, SEED_AT, encoded, PKCS8.length, 32);
    try {
      PrivateKey key =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      Signature signing = Signature.getInstance("Ed25519");
      signing.initSign(key);
      signing.update(message);
      ByteBuffer signature = ByteBuffer.allocate(2 + NUMBER_BYTES + 64).put(new byte[] {'E', 'd'});
      signature.put(data, NUMBER_AT, NUMBER_BYTES).put(signing.sign());
      return new Block("verify with " + publicKeyFile, signature.array()).write();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform cannot sign by Ed25519", e);
    }
  }

  private static byte[] checksum(byte[] key) {
    try {
      return Arrays.copyOf(MessageDigest.getInstance("SHA-512").digest(key), 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-512", e);
    }
  }
}
