package dev.stravinsky.report.page;

import java.util.Locale;

/** Sizes in units of 1000. */
final class Sizes {
  private static final String UNITS = "kMGTP";

  private Sizes() {}

  static String of(long bytes) {
    double rest = bytes;
    int unit = -1;
    while (rest >= 999.95 && unit < UNITS.length() - 1) {
      rest /= 1_000;
      unit++;
    }
    return unit < 0
        ? bytes + " B"
        : String.format(Locale.ROOT, "%.1f %sB", rest, UNITS.charAt(unit));
  }
}
