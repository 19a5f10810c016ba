package dev.stravinsky.api.check;

import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Phase;
import java.util.Optional;
import java.util.Set;

/**
 * Which checks are to run on what.
 *
 * @param context what they look at
 * @param before the state before the change, where there is one: a fault that was there already and
 *     is not made worse only warns
 * @param only the ids to run; empty for all
 * @param accepted ids whose blocking findings only warn
 * @param plugins whether plugins' checks run too
 */
public record CheckRequest(
    CheckContext context,
    Optional<CheckContext> before,
    Set<String> only,
    Set<String> accepted,
    boolean plugins) {
  public CheckRequest {
    only = Set.copyOf(only);
    accepted = Set.copyOf(accepted);
  }

  public Phase phase() {
    return context.phase();
  }
}
