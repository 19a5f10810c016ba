package dev.stravinsky.report;

import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Statistics in Prometheus' text exposition format 0.0.4, for a file that an exporter picks up. */
final class PrometheusFigures {
  private static final String DURATION = "stravinsky_operation_duration_seconds";

  private static final int MOST_VERSIONS = 20;

  private PrometheusFigures() {}

  static String of(TrailStatistics statistics) {
    StringBuilder out = new StringBuilder();
    // Gauges: they are over a span that the user chose, and so may fall.
    head(out, "stravinsky_operations", "gauge", "Operations by kind and ending.");
    new TreeMap<>(statistics.operations())
        .forEach(
            (type, counts) ->
                new TreeMap<>(counts).forEach((status, n) -> operation(out, type, status, n)));
    head(out, DURATION, "summary", "How long operations took.");
    for (Map.Entry<EventType, TrailStatistics.Durations> row :
        new TreeMap<>(statistics.durations()).entrySet()) {
      duration(out, name(row.getKey()), row.getValue());
    }
    versions(out, statistics);
    ratio(
        out,
        "stravinsky_update_success_ratio",
        "The share of updates that succeeded.",
        statistics.updateSuccessRate());
    ratio(
        out,
        "stravinsky_rollbacks_per_update",
        "Rollbacks for each update that was begun.",
        statistics.rollbacksPerUpdate());
    single(
        out, "stravinsky_backup_bytes", "What all backups take on disk.", statistics.backupBytes());
    single(
        out,
        "stravinsky_audit_bytes",
        "What the audit trail takes on disk.",
        statistics.trailBytes());
    return out.toString();
  }

  private static void operation(StringBuilder out, EventType type, EventStatus status, long n) {
    out.append("stravinsky_operations{operation=\"")
        .append(name(type))
        .append("\",status=\"")
        .append(status.written())
        .append("\"} ")
        .append(n)
        .append('\n');
  }

  private static void duration(
      StringBuilder out, String operation, TrailStatistics.Durations durations) {
    quantile(out, operation, "0.5", durations.p50());
    quantile(out, operation, "0.95", durations.p95());
    quantile(out, operation, "0.99", durations.p99());
    String labels = "{operation=\"" + operation + "\"} ";
    out.append(DURATION).append("_sum").append(labels);
    out.append(durations.mean() * durations.count()).append('\n');
    out.append(DURATION).append("_count").append(labels).append(durations.count()).append('\n');
  }

  private static void quantile(StringBuilder out, String operation, String rank, double value) {
    out.append(DURATION)
        .append("{operation=\"")
        .append(operation)
        .append("\",quantile=\"")
        .append(rank)
        .append("\"} ")
        .append(value)
        .append('\n');
  }

  /** The newest: a label that goes on growing would fill what reads it. */
  private static void versions(StringBuilder out, TrailStatistics statistics) {
    List<String> names = new ArrayList<>(statistics.versions().keySet());
    head(
        out,
        "stravinsky_version_operations",
        "gauge",
        "Updates, rollbacks and recoveries of the " + MOST_VERSIONS + " newest versions.");
    for (String name : names.subList(Math.max(0, names.size() - MOST_VERSIONS), names.size())) {
      new TreeMap<>(statistics.versions().get(name))
          .forEach(
              (type, count) ->
                  out.append("stravinsky_version_operations{version=\"")
                      .append(label(name))
                      .append("\",operation=\"")
                      .append(name(type))
                      .append("\"} ")
                      .append(count)
                      .append('\n'));
    }
  }

  /** What the format says of label values: backslash, quote and line feed are escaped. */
  private static String label(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static void ratio(StringBuilder out, String name, String help, OptionalDouble value) {
    if (value.isPresent()) {
      head(out, name, "gauge", help);
      out.append(name).append(' ').append(value.getAsDouble()).append('\n');
    }
  }

  private static void single(StringBuilder out, String name, String help, long value) {
    head(out, name, "gauge", help);
    out.append(name).append(' ').append(value).append('\n');
  }

  private static void head(StringBuilder out, String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static String name(EventType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
