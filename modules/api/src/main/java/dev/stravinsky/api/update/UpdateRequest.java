package dev.stravinsky.api.update;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.merge.MergeRequest.ConflictPolicy;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * An update as asked for.
 *
 * @param location the release's path or URL; or, where a channel is set, one of its versions; empty
 *     for the newest that the channel offers
 * @param version the version to install it as, if the release does not say
 * @param accepted ids of checks whose blocking findings only warn
 * @param plugins whether plugins' checks run
 * @param dryRun only say what would happen
 * @param shown for a dry run that is to tell what would change within files too: what is made of a
 *     text before it is compared, to hide secrets
 */
public record UpdateRequest(
    String location,
    Optional<Version> version,
    Scope scope,
    ConflictPolicy policy,
    Set<String> accepted,
    boolean plugins,
    boolean dryRun,
    Optional<UnaryOperator<String>> shown) {
  public UpdateRequest {
    accepted = Set.copyOf(accepted);
  }

  /** One that does not ask what would change within files. */
  public UpdateRequest(
      String location,
      Optional<Version> version,
      Scope scope,
      ConflictPolicy policy,
      Set<String> accepted,
      boolean plugins,
      boolean dryRun) {
    this(location, version, scope, policy, accepted, plugins, dryRun, Optional.empty());
  }
}
