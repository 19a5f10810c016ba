package dev.stravinsky.report.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Time from left to right, as percentages of a width that only the browser knows. */
record TimeAxis(Instant from, Instant to) {
  private static final Duration LEAST = Duration.ofHours(1);
  private static final Duration DAYS = Duration.ofDays(4);

  /** Room for a mark at either end. */
  private static final double MARGIN = 1.5;

  private static final int TICKS = 4;

  /** From the first to the last moment, and at least an hour. */
  static TimeAxis over(Instant first, Instant last) {
    Instant end = last.isBefore(first) ? first : last;
    boolean isShort = Duration.between(first, end).compareTo(LEAST) < 0;
    return new TimeAxis(isShort ? end.minus(LEAST) : first, end);
  }

  /** Where a moment is, in percent; what lies outside is at the edge. */
  double place(Instant moment) {
    double share =
        (double) Duration.between(from, moment).toMillis() / Duration.between(from, to).toMillis();
    return MARGIN + Math.clamp(share, 0, 1) * (100 - 2 * MARGIN);
  }

  static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f%%", value);
  }

  /** Lines and their times, for a drawing so many pixels high. */
  void draw(Markup page, int height) {
    boolean byDay = Duration.between(from, to).compareTo(DAYS) > 0;
    for (int i = 0; i <= TICKS; i++) {
      Instant moment = from.plus(Duration.between(from, to).multipliedBy(i).dividedBy(TICKS));
      String x = percent(place(moment));
      // On a phone there is room for three.
      String css = i % 2 == 0 ? "tick" : "tick inner";
      page.empty(
          "line", "class", css, "x1", x, "x2", x, "y1", "0", "y2", Integer.toString(height - 18));
      page.leaf(
          "text",
          byDay ? Moments.day(moment) : Moments.minute(moment),
          "class",
          css,
          "x",
          x,
          "y",
          Integer.toString(height - 4),
          "text-anchor",
          i == 0 ? "start" : i == TICKS ? "end" : "middle");
    }
  }
}
