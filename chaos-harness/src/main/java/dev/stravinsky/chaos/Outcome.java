package dev.stravinsky.chaos;

import java.util.List;

/**
 * What became of one scenario.
 *
 * @param planned how many strikes were to take place
 * @param injected how many did
 * @param violations what did not hold, each with its place
 */
record Outcome(Scenario scenario, int planned, int injected, List<String> violations) {
  boolean passed() {
    return violations.isEmpty() && injected == planned && planned > 0;
  }

  String line() {
    return "%-48s planned %5d, injected %5d, violations %d"
        .formatted(scenario.name(), planned, injected, violations.size());
  }
}
