package dev.stravinsky.api.release;

/** Who vouches for a release or a channel. */
public sealed interface Signature {

  /** Nobody: there is no signature. */
  record Unsigned() implements Signature {}

  /**
   * Somebody, but no key is trusted that could tell who.
   *
   * @param keyId the key that it is said to be by
   */
  record Unchecked(String keyId) implements Signature {}

  /**
   * The holder of a trusted key: the signature was verified.
   *
   * @param keyId that key
   */
  record Verified(String keyId) implements Signature {}
}
