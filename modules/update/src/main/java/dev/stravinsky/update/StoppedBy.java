package dev.stravinsky.update;

import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.spi.Finding;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** The checks that stopped something, as the trail names them. */
final class StoppedBy {
  /** The detail of an event: their ids, with commas. */
  private static final String CHECKS = "checks";

  private StoppedBy() {}

  static Map<String, String> checks(Collection<Finding> blocking) {
    String ids =
        blocking.stream()
            .map(Finding::checkId)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return ids.isEmpty() ? Map.of() : Map.of(CHECKS, ids);
  }

  static Map<String, String> checksOf(Collection<CheckReport> reports) {
    return checks(reports.stream().flatMap(report -> report.blocking().stream()).toList());
  }
}
