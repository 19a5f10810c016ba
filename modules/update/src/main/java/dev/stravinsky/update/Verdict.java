package dev.stravinsky.update;

import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.api.config.Settings;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.spi.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What follows from the verification of the new state.
 *
 * @param problems what did not pass; empty if all did
 * @param stoppedBy the checks that say so, for the trail
 * @param rollBack whether the old state is to come back: the error matrix and the settings decide
 */
record Verdict(List<Problem> problems, Map<String, String> stoppedBy, boolean rollBack) {

  static Verdict of(Optional<CheckReport> report, Settings settings) {
    List<Finding> blocking = report.map(CheckReport::blocking).orElse(List.of());
    boolean byMatrix = blocking.stream().anyMatch(f -> f.kind().rollsBack());
    return new Verdict(
        blocking.stream().map(Advice::after).toList(),
        StoppedBy.checks(blocking),
        byMatrix && settings.update().autoRollbackOnFailure());
  }

  boolean failed() {
    return !problems.isEmpty();
  }
}
