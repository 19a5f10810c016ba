package dev.stravinsky.release;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Redaction;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.error.ShellWord;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.api.release.Channel;
import dev.stravinsky.api.release.Channels;
import dev.stravinsky.api.release.Offer;
import dev.stravinsky.api.release.PublicKey;
import dev.stravinsky.api.release.Signature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The channel of the settings. The attacks that The Update Framework lists, and what answers them:
 * arbitrary software and key compromise, the signature and the keys' rotation; rollback, the
 * counter; freeze, the date; mix-and-match, the checksums in the one signed file; endless data, the
 * limits.
 */
final class ConfiguredChannel implements Channels {
  private static final int DOCUMENT_BYTES = 16 * 1024 * 1024;
  private static final int SIGNATURE_BYTES = 64 * 1024;
  private static final String WHAT = "channel.json";

  private final Services services;
  private final Fetch fetch;
  private final SeenChannels seen;

  ConfiguredChannel(Services services, Fetch fetch) {
    this.services = services;
    this.fetch = fetch;
    this.seen = new SeenChannels(services.environment());
  }

  @Override
  public Channel read(Progress progress) throws IOException {
    String setting =
        services
            .settings()
            .update()
            .channel()
            .orElseThrow(
                () ->
                    new UsageException(
                        Problem.of(ErrorKind.UNKNOWN, "no channel is set to get releases from")
                            .leaving("nothing was changed")
                            .next("stravinsky config set update.channel https://HOST/FOLDER/")));
    ChannelAddress address = ChannelAddress.of(setting, services.environment());
    progress.report("Asking the channel", 0, 0);
    Fetched fetched = fetch(address);
    ChannelDocument document = ChannelReader.read(fetched.content(), WHAT);
    requireFresh(document, fetched.signature(), address);
    Channel channel = channel(address, document, fetched.signature());
    seen.note(address, pins(), before -> judged(before, document, fetched, address));
    return channel;
  }

  /** The keys to check a release by that comes from nowhere in particular. */
  Trust trust() throws IOException {
    Optional<String> setting = services.settings().update().channel();
    return setting.isEmpty()
        ? new Trust(pins())
        : trust(ChannelAddress.of(setting.get(), services.environment()));
  }

  private Trust trust(ChannelAddress address) throws IOException {
    List<PublicKey> pins = pins();
    // Keys that nobody pinned are never taken from a channel: nothing would vouch for them.
    List<PublicKey> rotated =
        pins.isEmpty()
            ? List.of()
            : seen.find(address, pins).map(SeenChannel::keys).orElse(List.of());
    return new Trust(rotated.isEmpty() ? pins : rotated);
  }

  private List<PublicKey> pins() throws IOException {
    return services.settings().update().trustedKeys().stream().map(PublicKey::new).toList();
  }

  private Fetched fetch(ChannelAddress address) throws IOException {
    Trust trust = trust(address);
    try {
      return fetchOnce(address, trust);
    } catch (RefusedException e) {
      // Somebody may just have published: one file old, the other new.
      return fetchOnce(address, trust);
    }
  }

  private Fetched fetchOnce(ChannelAddress address, Trust trust) throws IOException {
    String shown = Redaction.of(address.document());
    byte[] content =
        fetch
            .bytes(address.document(), DOCUMENT_BYTES)
            .orElseThrow(
                () ->
                    new NotFoundException(
                        Problem.of(ErrorKind.UNKNOWN, "there is no channel at " + shown)
                            .leaving("nothing was changed")
                            .next("stravinsky config get update.channel")));
    Optional<byte[]> signature = fetch.bytes(address.signature(), SIGNATURE_BYTES);
    return new Fetched(content, signature, trust.signer(content, signature, WHAT));
  }

  private void requireFresh(ChannelDocument document, Signature signature, ChannelAddress address) {
    boolean vouchedFor = signature instanceof Signature.Verified;
    if (vouchedFor && document.expires().isEmpty()) {
      throw Trust.refused(
          "the channel is signed, but does not say until when it is to be believed");
    }
    if (document
        .expires()
        .filter(t -> !t.isAfter(services.environment().clock().instant()))
        .isPresent()) {
      throw new RefusedException(
          Problem.of(
                  ErrorKind.UNKNOWN,
                  "the channel was to be believed until "
                      + document.expires().get()
                      + "; whoever serves it may be keeping newer releases from you")
              .leaving("nothing was changed")
              .next("ask who publishes " + Redaction.of(address.document()) + " to renew it"));
    }
  }

  private SeenChannel judged(
      Optional<SeenChannel> before,
      ChannelDocument document,
      Fetched fetched,
      ChannelAddress address)
      throws IOException {
    Sha256 sha256 = Sha256.of(fetched.content());
    if (before.isPresent()) {
      requireNewer(before.get(), document, sha256, seen.file(address, pins()));
    }
    boolean verified = fetched.signature() instanceof Signature.Verified;
    List<PublicKey> keys = before.map(SeenChannel::keys).orElse(List.of());
    if (verified && !document.keys().isEmpty() && !document.keys().equals(keys)) {
      // Keys that cannot sign would leave everybody with a channel that nobody can go on with.
      Trust theirs = new Trust(document.keys());
      theirs.signer(fetched.content(), fetched.signatureFile(), WHAT + " with its new keys");
      keys = document.keys();
    }
    return new SeenChannel(document.name(), document.counter(), sha256, keys);
  }

  /** Throws what also says how to go on where the publisher only began anew. */
  private static void requireNewer(
      SeenChannel known, ChannelDocument document, Sha256 sha256, Path memory) {
    Optional<String> wrong = Optional.empty();
    if (!known.name().equals(document.name())) {
      wrong =
          Optional.of(
              "this is the channel of "
                  + document.name()
                  + "; until now there was that of "
                  + known.name());
    } else if (document.counter() < known.counter()) {
      wrong =
          Optional.of(
              "this is an old channel: its counter is "
                  + document.counter()
                  + ", and "
                  + known.counter()
                  + " was seen here before");
    } else if (document.counter() == known.counter() && !sha256.equals(known.sha256())) {
      wrong =
          Optional.of(
              "the channel was changed, but its counter is still "
                  + known.counter()
                  + ": there are two of them");
    }
    if (wrong.isPresent()) {
      throw new RefusedException(
          Problem.of(ErrorKind.UNKNOWN, wrong.get())
              .leaving("nothing was changed")
              .next("ask who publishes it; only if it was begun anew: rm " + ShellWord.of(memory)));
    }
  }

  static Channel channel(ChannelAddress address, ChannelDocument document, Signature signature) {
    List<Offer> offers = new ArrayList<>();
    Refusals refusals = new Refusals();
    for (ChannelDocument.Entry entry : document.entries()) {
      try {
        offers.add(
            new Offer(
                document.name(),
                entry.version(),
                address.resolve(entry.url()),
                entry.sizeBytes(),
                entry.sha256(),
                entry.descriptor(),
                entry.published(),
                entry.notes(),
                entry.withdrawn(),
                signature));
      } catch (IllegalArgumentException e) {
        refusals.add(
            WHAT + ": " + entry.version(), "its url " + entry.url() + " " + e.getMessage());
      }
    }
    refusals.orThrow();
    return new Channel(
        document.name(),
        Redaction.of(address.document()),
        document.counter(),
        document.expires(),
        signature,
        offers);
  }

  private record Fetched(byte[] content, Optional<byte[]> signatureFile, Signature signature) {}
}
