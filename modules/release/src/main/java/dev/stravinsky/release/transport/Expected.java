package dev.stravinsky.release.transport;

import dev.stravinsky.api.Sha256;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of a file before it is fetched; one that differs is refused.
 *
 * @param sizeBytes its exact size
 * @param sha256 its checksum
 */
public record Expected(OptionalLong sizeBytes, Optional<Sha256> sha256) {
  /** Any file will do, as far as the limit goes. */
  public static final Expected NOTHING = new Expected(OptionalLong.empty(), Optional.empty());

  /** Just this file and no other. */
  public static Expected exactly(long sizeBytes, Sha256 sha256) {
    return new Expected(OptionalLong.of(sizeBytes), Optional.of(sha256));
  }
}
