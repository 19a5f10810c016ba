package dev.stravinsky.report;

import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailStatistics;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Statistics as two small tables, at most 80 columns wide. */
final class TextFigures {
  private static final EventStatus[] STATUSES = {
    EventStatus.SUCCESS, EventStatus.FAILED, EventStatus.ROLLED_BACK, EventStatus.BLOCKED
  };

  private TextFigures() {}

  static String of(TrailStatistics statistics) {
    StringBuilder out = new StringBuilder();
    if (statistics.operations().isEmpty()) {
      out.append("No operations in this time.\n");
    } else {
      operations(statistics, out);
    }
    if (!statistics.durations().isEmpty()) {
      durations(statistics, out);
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
