package dev.stravinsky.chaos;

import java.util.List;

/**
 * What a sweep found.
 *
 * @param points operations in whose place the power can go, and the end
 * @param tried how many of them were tried
 * @param states different states of the disk that were recovered from
 * @param secondStates further ones, after a second power cut while recovering
 * @param planned errors that were to be injected
 * @param fired errors that were
 * @param violations what did not hold, each with its place
 */
record SweepReport(
    Operation operation,
    int points,
    int tried,
    int states,
    int secondStates,
    int planned,
    int fired,
    List<String> violations) {

  boolean passed() {
    return violations.isEmpty() && tried == points && fired == planned && planned > 0;
  }

  String line() {
    return "%-22s crash points: %d of %d, violations: %d (%d states, %d after a second crash; errors: %d of %d)"
        .formatted(
            operation.title(),
            tried,
            points,
            violations.size(),
            states,
            secondStates,
            fired,
            planned);
  }
}
