package dev.stravinsky.audit;

import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailStatistics;
import dev.stravinsky.api.audit.TrailStatistics.Durations;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts operations and gathers their durations. */
final class TrailFigures {
  /** The detail of a backup that says how long it took to be read back. */
  static final String READ_BACK = "verify_seconds";

  private static final Set<EventType> OF_VERSIONS =
      EnumSet.of(
          EventType.UPDATE_SUCCESS,
          EventType.UPDATE_FAILED,
          EventType.UPDATE_BLOCKED,
          EventType.AUTO_ROLLBACK,
          EventType.MANUAL_ROLLBACK,
          EventType.RECOVERY_ATTEMPT);

  private final Map<EventType, Map<EventStatus, Long>> operations = new EnumMap<>(EventType.class);
  private final Map<EventType, List<Double>> durations = new EnumMap<>(EventType.class);
  private final Map<String, Map<EventType, Long>> versions = new LinkedHashMap<>();

  void add(
      EventType type,
      EventStatus status,
      Optional<Double> seconds,
      Optional<String> version,
      Optional<Double> readBack) {
    operations
        .computeIfAbsent(type, t -> new EnumMap<>(EventStatus.class))
        .merge(status, 1L, Long::sum);
    seconds.ifPresent(s -> durations.computeIfAbsent(type, t -> new ArrayList<>()).add(s));
    readBack.ifPresent(
        s -> durations.computeIfAbsent(EventType.BACKUP_VERIFIED, t -> new ArrayList<>()).add(s));
    version.filter(v -> OF_VERSIONS.contains(type)).ifPresent(v -> addVersion(v, type));
  }

  private void addVersion(String version, EventType type) {
    // Put again, so that it comes last.
    Map<EventType, Long> counts = versions.remove(version);
    Map<EventType, Long> ours = counts == null ? new EnumMap<>(EventType.class) : counts;
    ours.merge(type, 1L, Long::sum);
    versions.put(version, ours);
  }

  TrailStatistics statistics(long backupBytes, long trailBytes) {
    Map<EventType, Durations> figures = new EnumMap<>(EventType.class);
    durations.forEach((type, seconds) -> figures.put(type, durations(seconds)));
    return new TrailStatistics(operations, figures, versions, backupBytes, trailBytes);
  }

  /** A number of seconds as details have it; empty where it is none. */
  static Optional<Double> seconds(String written) {
    try {
      return written == null || written.isEmpty()
          ? Optional.empty()
          : Optional.of(Double.valueOf(written));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  static Durations durations(List<Double> seconds) {
    double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double sum = seconds.stream().mapToDouble(Double::doubleValue).sum();
    return new Durations(
        sorted.length,
        sum / sorted.length,
        sorted[0],
        sorted[sorted.length - 1],
        percentile(sorted, 50),
        percentile(sorted, 95),
        percentile(sorted, 99));
  }

  /** Nearest rank: the smallest value that so many percent of all values do not exceed. */
  private static double percentile(double[] sorted, int percent) {
    int rank = (int) Math.ceilDiv((long) percent * sorted.length, 100L);
    return sorted[Math.max(0, rank - 1)];
  }
}
