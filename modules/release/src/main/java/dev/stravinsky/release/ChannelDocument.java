package dev.stravinsky.release;

import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.release.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a {@code channel.json} says; the format is that of docs/releases.md.
 *
 * @param counter from 1 on, greater with each change
 * @param keys those that are to be trusted from now on; none leaves the trusted ones as they are
 * @param entries the releases, the newest last
 */
record ChannelDocument(
    String name,
    long counter,
    Optional<Instant> expires,
    List<PublicKey> keys,
    List<Entry> entries) {

  /** What other programs still read as a whole number. */
  static final long MAX_COUNTER = (1L << 53) - 1;

  ChannelDocument {
    keys = List.copyOf(keys);
    entries = List.copyOf(entries);
  }

  /** The same with these entries. */
  ChannelDocument withEntries(List<Entry> others) {
    return new ChannelDocument(name, counter, expires, keys, others);
  }

  /** The same with one more, the newest. */
  ChannelDocument with(Entry newest) {
    List<Entry> all = new ArrayList<>(entries);
    all.add(newest);
    return withEntries(all);
  }

  ChannelDocument withKeys(List<PublicKey> others) {
    return new ChannelDocument(name, counter, expires, others, entries);
  }

  /** The next one, to be believed until then. */
  ChannelDocument next(Optional<Instant> until) {
    return new ChannelDocument(name, counter + 1, until, keys, entries);
  }

  /**
   * One release.
   *
   * @param url as it is written, relative to the channel
   * @param descriptor the checksum of its {@code release.json}
   * @param withdrawn why it is no longer to be installed
   */
  record Entry(
      Version version,
      String url,
      long sizeBytes,
      Sha256 sha256,
      Sha256 descriptor,
      Optional<Instant> published,
      String notes,
      Optional<String> withdrawn) {

    Entry withdrawnFor(String reason) {
      return new Entry(
          version, url, sizeBytes, sha256, descriptor, published, notes, Optional.of(reason));
    }
  }
}
