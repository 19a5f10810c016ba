package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.release.Layout;
import dev.stravinsky.api.release.Offer;
import dev.stravinsky.api.release.Signature;
import dev.stravinsky.release.Descriptor.Listed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A release's description as it is in the source, and its signature beside it.
 *
 * @param bytes the {@code release.json}; empty if there is none
 * @param signature the {@code release.json.sig}; empty if there is none
 */
record Described(Descriptor descriptor, Optional<byte[]> bytes, Optional<byte[]> signature) {

  static Described read(Contents contents, EntryPath root, Limits limits) throws IOException {
    Optional<byte[]> bytes = file(contents, root, Layout.DESCRIPTOR, limits);
    Optional<byte[]> signature = file(contents, root, Layout.DESCRIPTOR_SIGNATURE, limits);
    String name = root.resolve(EntryPath.of(Layout.DESCRIPTOR)).readable();
    Descriptor descriptor = bytes.map(b -> DescriptorReader.read(b, name)).orElse(Descriptor.NONE);
    return new Described(descriptor, bytes, signature);
  }

  private static Optional<byte[]> file(
      Contents contents, EntryPath root, String name, Limits limits) throws IOException {
    EntryPath path = root.resolve(EntryPath.of(name));
    for (Item item : contents.children(root)) {
      if (item.path().equals(path)) {
        if (item.kind() != Item.Kind.FILE) {
          throw Refusals.refused(path.readable() + " is not a file");
        }
        List<byte[]> read = new ArrayList<>();
        contents.read(
            List.of(path),
            (file, content) -> read.add(content.readNBytes(limits.descriptorBytes() + 1)));
        if (read.getFirst().length > limits.descriptorBytes()) {
          throw Refusals.refused(path.readable() + " is too large");
        }
        return Optional.of(read.getFirst());
      }
    }
    return Optional.empty();
  }

  /**
   * Who vouches for it: the channel that offers it, if that is vouched for, or its own signature.
   *
   * @throws RefusedException if it is not what the offer says, or not believed
   */
  Signature vouchedFor(Trust trust, Optional<Offer> offer) {
    offer.ifPresent(this::requireOffered);
    if (offer.isPresent() && offer.get().channel() instanceof Signature.Verified) {
      return offer.get().channel();
    }
    if (bytes.isEmpty()) {
      // What is signed is the description: without one there is nothing to sign.
      return trust.signer(new byte[0], Optional.empty(), "the release");
    }
    Signature signer = trust.signer(bytes.get(), signature, Layout.DESCRIPTOR);
    if (signer instanceof Signature.Verified) {
      requireComplete();
    }
    return signer;
  }

  private void requireOffered(Offer offer) {
    if (!bytes.map(Sha256::of).equals(Optional.of(offer.descriptor()))) {
      throw Refusals.refused(
          "the release.json of " + offer.version() + " is not the one that the channel names");
    }
    if (!descriptor.name().equals(offer.name())) {
      throw Refusals.refused(
          "the channel is that of "
              + offer.name()
              + ", but this is a release of "
              + (descriptor.name().isEmpty() ? "nothing that it names" : descriptor.name()));
    }
  }

  /** What the signature does not cover, somebody else could have put there. */
  private void requireComplete() {
    Refusals refusals = new Refusals();
    if (descriptor.name().isEmpty()) {
      refusals.add(Layout.DESCRIPTOR, "it is signed, but has no name");
    }
    if (descriptor.version().isEmpty()) {
      refusals.add(Layout.DESCRIPTOR, "it is signed, but has no version");
    }
    if (descriptor.files().isEmpty()) {
      refusals.add(Layout.DESCRIPTOR, "it is signed, but does not list the files");
    }
    for (Listed file : descriptor.files().orElse(List.of())) {
      if (file.link().isEmpty() && file.mode().isEmpty()) {
        refusals.add(file.path().readable(), "release.json is signed, but does not give its mode");
      }
    }
    refusals.orThrow();
  }
}
