package dev.stravinsky.audit;

import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailStatistics;
import dev.stravinsky.api.audit.TrailStatistics.Durations;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Counts operations and gathers their durations. */
final class TrailFigures {
  private final Map<EventType, Map<EventStatus, Long>> operations = new EnumMap<>(EventType.class);
  private final Map<EventType, List<Double>> durations = new EnumMap<>(EventType.class);

  void add(String type, String status, Optional<Double> seconds) {
    add(EventType.valueOf(type), EventStatus.valueOf(status.toUpperCase(Locale.ROOT)), seconds);
  }

  void add(EventType type, EventStatus status, Optional<Double> seconds) {
    operations
        .computeIfAbsent(type, t -> new EnumMap<>(EventStatus.class))
        .merge(status, 1L, Long::sum);
    seconds.ifPresent(s -> durations.computeIfAbsent(type, t -> new ArrayList<>()).add(s));
  }

  TrailStatistics statistics(long backupBytes, long trailBytes) {
    Map<EventType, Durations> figures = new EnumMap<>(EventType.class);
    durations.forEach((type, seconds) -> figures.put(type, durations(seconds)));
    return new TrailStatistics(operations, figures, backupBytes, trailBytes);
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
