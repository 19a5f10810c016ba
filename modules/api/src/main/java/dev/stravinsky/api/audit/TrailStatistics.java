package dev.stravinsky.api.audit;

import java.util.Map;

/**
 * Figures over a span of the trail.
 *
 * @param operations how many operations ended in each status, by event type
 * @param durations by event type, of the operations that have a duration
 * @param backupBytes what all backups take on disk
 * @param trailBytes what the trail takes on disk
 */
public record TrailStatistics(
    Map<EventType, Map<EventStatus, Long>> operations,
    Map<EventType, Durations> durations,
    long backupBytes,
    long trailBytes) {

  public TrailStatistics {
    operations = Map.copyOf(operations);
    durations = Map.copyOf(durations);
  }

  /** How long operations took, in seconds; percentiles by the nearest rank. */
  public record Durations(
      long count, double mean, double min, double max, double p50, double p95, double p99) {}
}
