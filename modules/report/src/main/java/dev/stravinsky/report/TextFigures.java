package dev.stravinsky.report;

import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Statistics as two small tables, at most 80 columns wide. */
final class TextFigures {
  private static final EventStatus[] STATUSES = {
    EventStatus.SUCCESS, EventStatus.FAILED, EventStatus.ROLLED_BACK, EventStatus.BLOCKED
  };

  private static final int MOST_VERSIONS = 20;
  private static final int NAME = 24;

  private TextFigures() {}

  static String of(TrailStatistics statistics) {
    StringBuilder out = new StringBuilder();
    if (statistics.operations().isEmpty()) {
      out.append("No operations in this time.\n");
    } else {
      operations(statistics, out);
    }
    rates(statistics, out);
    if (!statistics.durations().isEmpty()) {
      durations(statistics, out);
    }
    if (!statistics.versions().isEmpty()) {
      versions(statistics, out);
    }
    out.append("\nBackups on disk  ").append(bytes(statistics.backupBytes())).append('\n');
    out.append("Audit trail      ").append(bytes(statistics.trailBytes())).append('\n');
    return out.toString();
  }

  private static void operations(TrailStatistics statistics, StringBuilder out) {
    row(out, "%-21s %9s %9s %12s %9s", "Operation", "success", "failed", "rolled back", "blocked");
    for (Map.Entry<EventType, Map<EventStatus, Long>> row :
        new TreeMap<>(statistics.operations()).entrySet()) {
      Object[] cells = new Object[STATUSES.length + 1];
      cells[0] = row.getKey();
      for (int i = 0; i < STATUSES.length; i++) {
        cells[i + 1] = row.getValue().getOrDefault(STATUSES[i], 0L);
      }
      row(out, "%-21s %9d %9d %12d %9d", cells);
    }
  }

  private static void rates(TrailStatistics statistics, StringBuilder out) {
    if (statistics.updateSuccessRate().isPresent()) {
      out.append(
          String.format(
              Locale.ROOT,
              "%n%.1f %% of %d updates succeeded; %.2f rollbacks for each.%n",
              100 * statistics.updateSuccessRate().getAsDouble(),
              statistics.count(EventType.UPDATE_START),
              statistics.rollbacksPerUpdate().orElse(0)));
    }
  }

  /** The newest first. */
  private static void versions(TrailStatistics statistics, StringBuilder out) {
    out.append('\n');
    row(
        out,
        "%-24s %8s %7s %8s %10s %10s",
        "Version",
        "updated",
        "failed",
        "blocked",
        "rollbacks",
        "recoveries");
    List<String> names = new ArrayList<>(statistics.versions().keySet()).reversed();
    for (String name : names.subList(0, Math.min(names.size(), MOST_VERSIONS))) {
      Map<EventType, Long> counts = statistics.versions().get(name);
      row(
          out,
          "%-24s %8d %7d %8d %10d %10d",
          shown(name),
          counts.getOrDefault(EventType.UPDATE_SUCCESS, 0L),
          counts.getOrDefault(EventType.UPDATE_FAILED, 0L),
          counts.getOrDefault(EventType.UPDATE_BLOCKED, 0L),
          counts.getOrDefault(EventType.AUTO_ROLLBACK, 0L)
              + counts.getOrDefault(EventType.MANUAL_ROLLBACK, 0L),
          counts.getOrDefault(EventType.RECOVERY_ATTEMPT, 0L));
    }
    if (names.size() > MOST_VERSIONS) {
      out.append("... and ").append(names.size() - MOST_VERSIONS).append(" older versions\n");
    }
  }

  /** Of a reasonable length, and with nothing in it that a terminal would obey. */
  private static String shown(String name) {
    StringBuilder shown = new StringBuilder();
    name.codePoints()
        .limit(NAME)
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }

  private static void durations(TrailStatistics statistics, StringBuilder out) {
    out.append('\n');
    row(
        out,
        "%-21s %7s %7s %7s %7s %7s %7s %7s",
        "Seconds",
        "count",
        "mean",
        "min",
        "p50",
        "p95",
        "p99",
        "max");
    for (Map.Entry<EventType, TrailStatistics.Durations> row :
        new TreeMap<>(statistics.durations()).entrySet()) {
      TrailStatistics.Durations d = row.getValue();
      row(
          out,
          "%-21s %7d %7s %7s %7s %7s %7s %7s",
          row.getKey(),
          d.count(),
          seconds(d.mean()),
          seconds(d.min()),
          seconds(d.p50()),
          seconds(d.p95()),
          seconds(d.p99()),
          seconds(d.max()));
    }
  }

  /** Seven characters at most, whatever the number. */
  private static String seconds(double seconds) {
    if (seconds < 1_000) {
      return String.format(Locale.ROOT, "%.2f", seconds);
    }
    return seconds < 1_000_000
        ? String.format(Locale.ROOT, "%.0f", seconds)
        : String.format(Locale.ROOT, "%.1e", seconds);
  }

  static String bytes(long bytes) {
    if (bytes < 1_000) {
      return bytes + " B";
    }
    double rest = bytes;
    int unit = -1;
    while (rest >= 999.95 && unit < 4) {
      rest /= 1_000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %sB", rest, "kMGTP".charAt(unit));
  }

  private static void row(StringBuilder out, String format, Object... cells) {
    out.append(String.format(Locale.ROOT, format, cells).stripTrailing()).append('\n');
  }
}
