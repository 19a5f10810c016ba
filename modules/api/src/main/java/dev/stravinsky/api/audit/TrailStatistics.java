package dev.stravinsky.api.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Figures over a span of the trail.
 *
 * @param operations how many operations ended in each status, by event type
 * @param durations by event type, of the operations that have a duration; that of {@code
 *     BACKUP_VERIFIED} is how long backups took to be read back, when they were made and when
 *     somebody had them verified
 * @param versions how many updates, rollbacks and recoveries there were, by version and event type;
 *     the version that was last heard of comes last
 * @param backupBytes what all backups take on disk
 * @param trailBytes what the trail takes on disk
 */
public record TrailStatistics(
    Map<EventType, Map<EventStatus, Long>> operations,
    Map<EventType, Durations> durations,
    Map<String, Map<EventType, Long>> versions,
    long backupBytes,
    long trailBytes) {

  public TrailStatistics {
    operations = Map.copyOf(operations);
    durations = Map.copyOf(durations);
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
  }

  /** Without versions. */
  public TrailStatistics(
      Map<EventType, Map<EventStatus, Long>> operations,
      Map<EventType, Durations> durations,
      long backupBytes,
      long trailBytes) {
    this(operations, durations, Map.of(), backupBytes, trailBytes);
  }

  /** How many events of this type there were, however they ended. */
  public long count(EventType type) {
    return operations.getOrDefault(type, Map.of()).values().stream().mapToLong(n -> n).sum();
  }

  /** The share of the updates that were begun which succeeded, 0 to 1; empty without any. */
  public OptionalDouble updateSuccessRate() {
    return perUpdate(count(EventType.UPDATE_SUCCESS));
  }

  /** Rollbacks, automatic and manual, for each update that was begun; empty without any. */
  public OptionalDouble rollbacksPerUpdate() {
    return perUpdate(count(EventType.AUTO_ROLLBACK) + count(EventType.MANUAL_ROLLBACK));
  }

  /** One that failed may have several events, and so the beginnings count. */
  private OptionalDouble perUpdate(long number) {
    long begun = count(EventType.UPDATE_START);
    return begun == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) number / begun);
  }

  /** How long operations took, in seconds; percentiles by the nearest rank. */
  public record Durations(
      long count, double mean, double min, double max, double p50, double p95, double p99) {}
}
