package dev.stravinsky.release;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.release.PublicKey;
import dev.stravinsky.api.release.Signature;
import dev.stravinsky.release.signify.MalformedException;
import dev.stravinsky.release.signify.Signatures;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whom to believe: with trusted keys, what one of them signed and nothing else; with none,
 * everything, and it is said that nobody vouches for it.
 *
 * @param keys the trusted ones
 */
record Trust(List<PublicKey> keys) {
  /** With no key to check anything by. */
  static final Trust NOBODY = new Trust(List.of());

  private static final String NEXT = "stravinsky config get update.trusted_keys";

  Trust {
    keys = List.copyOf(keys);
  }

  /**
   * Who signed a document.
   *
   * @param signature its {@code .sig} file
   * @param what how the document is called in messages
   * @throws RefusedException if keys are trusted and none of them signed it
   */
  Signature signer(byte[] document, Optional<byte[]> signature, String what) {
    Optional<Signatures> signatures = signature.map(content -> read(content, what));
    if (signatures.isEmpty()) {
      if (keys.isEmpty()) {
        return new Signature.Unsigned();
      }
      throw refused(what + " is not signed, and you take only what a trusted key signed");
    }
    if (keys.isEmpty()) {
      return new Signature.Unchecked(signatures.get().keyIds().getFirst());
    }
    return signatures
        .get()
        .signer(document, keys)
        .map(key -> new Signature.Verified(key.id()))
        .orElseThrow(() -> refused(reason(signatures.get(), what)));
  }

  private String reason(Signatures signatures, String what) {
    List<String> trusted = keys.stream().map(PublicKey::id).toList();
    Optional<String> known = signatures.keyIds().stream().filter(trusted::contains).findFirst();
    return known.isPresent()
        ? "the signature of " + what + " is not that of its content: one of them was changed"
        : what
            + " is signed by key "
            + String.join(", ", signatures.keyIds())
            + ", which you do not trust; trusted "
            + (trusted.size() == 1 ? "is " : "are ")
            + trusted.stream().collect(Collectors.joining(", "));
  }

  private static Signatures read(byte[] content, String what) {
    try {
      return Signatures.read(content);
    } catch (MalformedException e) {
      throw refused("the signature of " + what + " is none: " + e.getMessage());
    }
  }

  static RefusedException refused(String message) {
    return new RefusedException(
        Problem.of(ErrorKind.UNKNOWN, message).leaving("nothing was changed").next(NEXT));
  }
}
