package dev.stravinsky.report.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times in the zone of the machine that makes the page, and spans of time. */
final class Moments {
  private static final DateTimeFormatter DAY = formatter("yyyy-MM-dd");
  private static final DateTimeFormatter MINUTE = formatter("MM-dd HH:mm");
  private static final DateTimeFormatter SECOND = formatter("yyyy-MM-dd HH:mm:ss");

  private Moments() {}

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneId.systemDefault());
  }

  static String day(Instant moment) {
    return DAY.format(moment);
  }

  static String minute(Instant moment) {
    return MINUTE.format(moment);
  }

  static String second(Instant moment) {
    return SECOND.format(moment);
  }

  /** A {@code time} element. */
  static void write(Markup page, Instant moment) {
    page.leaf("time", second(moment), "datetime", moment.toString());
  }

  static String seconds(Duration duration) {
    return seconds(duration.toNanos() / 1e9);
  }

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, seconds < 100 ? "%.2f s" : "%.0f s", seconds);
  }
}
