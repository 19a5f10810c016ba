package dev.stravinsky.api.release;

import dev.stravinsky.api.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a channel offers, believed: its signature, its counter and its date were checked.
 *
 * @param name what its releases are releases of
 * @param location where its {@code channel.json} is, an absolute path or URL
 * @param counter grows with each change of the channel
 * @param expires from when on it is no longer believed
 * @param signature who vouches for it
 * @param offers in the order of their publication, the newest last; the withdrawn ones too
 */
public record Channel(
    String name,
    String location,
    long counter,
    Optional<Instant> expires,
    Signature signature,
    List<Offer> offers) {

  public Channel {
    offers = List.copyOf(offers);
  }

  /** What it has of this version. */
  public Optional<Offer> offer(Version version) {
    return offers.stream().filter(offer -> offer.version().equals(version)).findAny();
  }

  /** The newest that may be installed, of those versions that are wanted. */
  public Optional<Offer> newest(Predicate<Version> wanted) {
    return installable().stream().filter(offer -> wanted.test(offer.version())).findFirst();
  }

  /** Those that may be installed, the newest first. */
  public List<Offer> installable() {
    return offers.reversed().stream().filter(offer -> offer.withdrawn().isEmpty()).toList();
  }
}
