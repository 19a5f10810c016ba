package dev.stravinsky.report.page;

import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailStatistics;
import dev.stravinsky.api.audit.TrailStatistics.Durations;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How long operations took, along the time; the height is logarithmic. */
final class DurationChart {
  private static final int PLOT = 180;
  private static final int AXIS = 22;
  private static final double LEAST_SECONDS = 0.01;
  private static final double COLUMN_PERCENT = 0.5;
  private static final int ROW_PIXELS = 3;

  private final Markup page;
  private final Figure figure;
  private final List<AuditEvent> timed;
  private final TimeAxis axis;
  private final int decades;

  DurationChart(Markup page, List<AuditEvent> oldestFirst, TimeAxis axis) {
    this.page = page;
    this.figure = new Figure(page, "durations");
    this.axis = axis;
    this.timed =
        oldestFirst.stream()
            .filter(event -> event.content().duration().isPresent())
            .filter(event -> Lane.of(event.content().type()).isPresent())
            .toList();
    double most = timed.stream().mapToDouble(DurationChart::seconds).max().orElse(1);
    this.decades = Math.max(2, (int) Math.ceil(Math.log10(most / LEAST_SECONDS)));
  }

  void write(Asked<TrailStatistics> statistics) {
    figure.begin("How long operations took", sentence(), PLOT + AXIS);
    axis.draw(page, PLOT + AXIS);
    for (int decade = 0; decade <= decades; decade++) {
      double value = LEAST_SECONDS * Math.pow(10, decade);
      figure.line((int) Math.round(height(value)));
    }
    // Thousands of points at one place are one point.
    Set<List<Integer>> drawn = new HashSet<>();
    for (AuditEvent event : timed.reversed()) {
      double x = axis.place(event.timestamp());
      double y = height(seconds(event));
      Outcome outcome = Outcome.of(event);
      if (drawn.add(
          List.of((int) (x / COLUMN_PERCENT), (int) (y / ROW_PIXELS), outcome.ordinal()))) {
        figure.mark(TimeAxis.percent(x), y, outcome, 1, title(event));
      }
    }
    for (int decade = 0; decade <= decades; decade++) {
      double value = LEAST_SECONDS * Math.pow(10, decade);
      String text = new BigDecimal(value, new MathContext(1)).toPlainString() + " s";
      figure.label(text, "0", (int) Math.round(height(value)) - 3, "scale");
    }
    figure.end(
        List.of("Operation", "Count", "Mean", "Least", "p50", "p95", "p99", "Most"),
        rows(statistics));
  }

  private double height(double seconds) {
    double share = Math.log10(Math.max(seconds, LEAST_SECONDS) / LEAST_SECONDS) / decades;
    return PLOT - share * (PLOT - 16);
  }

  private static double seconds(AuditEvent event) {
    return event.content().duration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  private static String title(AuditEvent event) {
    return Moments.second(event.timestamp())
        + ": "
        + event.content().type()
        + " "
        + EventRows.versions(event.content())
        + ", "
        + Moments.seconds(seconds(event));
  }

  private String sentence() {
    return timed.isEmpty()
        ? "No operation has a duration yet."
        : timed.size()
            + " operations, the longest "
            + Moments.seconds(timed.stream().mapToDouble(DurationChart::seconds).max().orElse(0))
            + ". Each line up is ten times as long.";
  }

  private static List<List<String>> rows(Asked<TrailStatistics> statistics) {
    List<List<String>> rows = new ArrayList<>();
    if (statistics instanceof Asked.Known<TrailStatistics> known) {
      for (Map.Entry<EventType, Durations> row :
          new TreeMap<>(known.value().durations()).entrySet()) {
        Durations d = row.getValue();
        rows.add(
            List.of(
                row.getKey().name(),
                Long.toString(d.count()),
                Moments.seconds(d.mean()),
                Moments.seconds(d.min()),
                Moments.seconds(d.p50()),
                Moments.seconds(d.p95()),
                Moments.seconds(d.p99()),
                Moments.seconds(d.max())));
      }
    }
    return rows;
  }
}
