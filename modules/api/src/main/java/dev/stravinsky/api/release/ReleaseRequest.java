package dev.stravinsky.api.release;

import dev.stravinsky.api.Version;
import java.util.List;
import java.util.Optional;

/**
 * Which release is wanted.
 *
 * @param location a path or URL as typed
 * @param version the version to install it as; needed where the release does not say its own, and
 *     refused where it says another
 * @param targets the names of the targets that there are; what belongs to none is ignored
 * @param offer what a channel says of it, which has to be true
 */
public record ReleaseRequest(
    String location, Optional<Version> version, List<String> targets, Optional<Offer> offer) {

  /** One that no channel says anything of. */
  public ReleaseRequest(String location, Optional<Version> version, List<String> targets) {
    this(location, version, targets, Optional.empty());
  }

  public ReleaseRequest {
    targets = List.copyOf(targets);
  }
}
