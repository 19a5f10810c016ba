package dev.stravinsky.chaos;

import java.util.List;

/**
 * What one trial came to.
 *
 * @param place where the fault struck
 * @param fired whether it did
 * @param violations what did not hold
 */
record Trial(TrialId id, String place, boolean fired, List<String> violations) {
  Trial {
    violations = List.copyOf(violations);
  }

  boolean held() {
    return violations.isEmpty();
  }
}
