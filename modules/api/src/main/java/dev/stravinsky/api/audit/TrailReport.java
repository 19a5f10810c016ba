package dev.stravinsky.api.audit;

import dev.stravinsky.api.error.Problem;
import java.util.List;

/**
 * What a walk along the whole chain found.
 *
 * @param events how many events were read
 * @param head the last intact event
 * @param problems what is wrong, each naming the event (its seq) and the file and line; empty if
 *     the trail is intact
 */
public record TrailReport(long events, TrailHead head, List<Problem> problems) {
  public TrailReport {
    problems = List.copyOf(problems);
  }

  public boolean intact() {
    return problems.isEmpty();
  }
}
