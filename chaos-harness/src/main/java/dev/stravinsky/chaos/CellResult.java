package dev.stravinsky.chaos;

import java.time.Duration;
import java.util.List;

/**
 * What one cell of the matrix came to.
 *
 * @param places in how many places the fault can strike
 * @param planned how many faults were to take place
 * @param injected how many did
 * @param states how many different states were recovered from, where those are told apart
 * @param failed the trials in which something did not hold, by number
 * @param took the time
 */
record CellResult(
    Cell cell,
    int places,
    int planned,
    int injected,
    int states,
    List<Trial> failed,
    Duration took) {
  CellResult {
    failed = List.copyOf(failed);
  }

  static CellResult empty(Cell cell) {
    return new CellResult(cell, 0, 0, 0, 0, List.of(), Duration.ZERO);
  }

  int violations() {
    return failed.stream().mapToInt(trial -> trial.violations().size()).sum();
  }

  /** Whether every planned fault took place, at least one, and nothing was violated. */
  boolean passed() {
    return cell.isEmpty() || failed.isEmpty() && injected == planned && planned > 0;
  }

  String line() {
    return "%-44s planned %6d, injected %6d, violations %d"
        .formatted(cell.id(), planned, injected, violations());
  }
}
