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
 * @param notes what is worth knowing and no damage, for example a line that a crash left
 *     half-written
 */
public record TrailReport(long events, TrailHead head, List<Problem> problems, List<String> notes) {
  public TrailReport {
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  public boolean intact() {
    return problems.isEmpty();
  }
}
