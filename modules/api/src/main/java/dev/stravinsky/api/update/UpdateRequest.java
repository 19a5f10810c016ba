package dev.stravinsky.api.update;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.merge.MergeRequest.ConflictPolicy;
import java.util.Optional;
import java.util.Set;

/**
 * An update as asked for.
 *
 * @param location the release's path or URL
 * @param version the version to install it as, if the release does not say
 * @param accepted ids of checks whose blocking findings only warn
 * @param plugins whether plugins' checks run
 * @param dryRun only say what would happen
 */
public record UpdateRequest(
    String location,
    Optional<Version> version,
    Scope scope,
    ConflictPolicy policy,
    Set<String> accepted,
    boolean plugins,
    boolean dryRun) {
  public UpdateRequest {
    accepted = Set.copyOf(accepted);
  }
}
