package dev.stravinsky.api.release;

import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Version;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One release of a channel, and all that the channel vouches for: what is fetched has to be exactly
 * that.
 *
 * @param name what the channel's releases are releases of
 * @param location where the archive is, an absolute path or URL
 * @param sizeBytes the archive's size
 * @param sha256 the archive's checksum
 * @param descriptor the checksum of the {@code release.json} in it
 * @param published when it was added to the channel
 * @param notes what is new in it, for people; may be empty
 * @param withdrawn why it is no longer to be installed, if so
 * @param channel who vouches for the channel
 */
public record Offer(
    String name,
    Version version,
    String location,
    long sizeBytes,
    Sha256 sha256,
    Sha256 descriptor,
    Optional<Instant> published,
    String notes,
    Optional<String> withdrawn,
    Signature channel) {

  public Offer {
    Objects.requireNonNull(name);
    Objects.requireNonNull(version);
    Objects.requireNonNull(location);
    Objects.requireNonNull(sha256);
    Objects.requireNonNull(descriptor);
    Objects.requireNonNull(published);
    Objects.requireNonNull(notes);
    Objects.requireNonNull(withdrawn);
    Objects.requireNonNull(channel);
  }
}
