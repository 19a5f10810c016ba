package dev.stravinsky.release;

import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.release.PublicKey;
import java.util.List;

/**
 * What is remembered of a channel, so that nobody can bring back an old one.
 *
 * @param name what it was a channel of
 * @param counter the greatest that was seen
 * @param sha256 the checksum of the {@code channel.json} that had it
 * @param keys those that the channel named in the place of the pinned ones; none if it never did
 */
record SeenChannel(String name, long counter, Sha256 sha256, List<PublicKey> keys) {
  SeenChannel {
    keys = List.copyOf(keys);
  }
}
