package dev.stravinsky.api;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;

/**
 * Times as {@link Instant} writes and reads them (ISO 8601, in UTC). There is one in each entry of
 * a manifest and in each line of a history or a trail, and the general formatter takes longer than
 * all the rest of it.
 */
public final class Times {
  private static final long DAY_SECONDS = 86_400;
  private static final long YEAR_1 = -62_135_596_800L;
  private static final long YEAR_10000 = 253_402_300_800L;
  private static final String PATTERN = "0000-00-00T00:00:00";
  private static final int NANO_DIGITS = 9;

  private Times() {}

  /** As {@link Instant#toString} has it. */
  public static String text(Instant time) {
    long seconds = time.getEpochSecond();
    if (seconds < YEAR_1 || seconds >= YEAR_10000) {
      return time.toString();
    }
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, DAY_SECONDS));
    int second = (int) Math.floorMod(seconds, DAY_SECONDS);
    StringBuilder out = new StringBuilder("2026-01-01T00:00:00.000000000Z".length());
    append(out, date.getYear(), 4).append('-');
    append(out, date.getMonthValue(), 2).append('-');
    append(out, date.getDayOfMonth(), 2).append('T');
    append(out, second / 3600, 2).append(':');
    append(out, second / 60 % 60, 2).append(':');
    append(out, second % 60, 2);
    int nano = time.getNano();
    if (nano != 0) {
      // In thousands: of milliseconds, microseconds or nanoseconds.
      int digits = nano % 1_000_000 == 0 ? 3 : nano % 1_000 == 0 ? 6 : NANO_DIGITS;
      append(out.append('.'), nano / (digits == 3 ? 1_000_000 : digits == 6 ? 1_000 : 1), digits);
    }
    return out.append('Z').toString();
  }

  private static StringBuilder append(StringBuilder out, int number, int digits) {
    int unit = 1;
    for (int i = 1; i < digits; i++) {
      unit *= 10;
    }
    for (; unit > 0; unit /= 10) {
      out.append((char) ('0' + number / unit % 10));
    }
    return out;
  }

  /**
   * What {@link Instant#parse} reads.
   *
   * @throws java.time.format.DateTimeParseException for anything else
   */
  public static Instant parse(String text) {
    int end = text.length() - 1;
    if (end < PATTERN.length() || text.charAt(end) != 'Z' || !isPlain(text, end)) {
      return Instant.parse(text);
    }
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    if (!isDay(text) || hour > 23 || minute > 59 || second > 59) {
      return Instant.parse(text);
    }
    int nano = end > 20 ? number(text, 20, end) : 0;
    for (int digits = end - 20; nano != 0 && digits < NANO_DIGITS; digits++) {
      nano *= 10;
    }
    long days =
        LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)).toEpochDay();
    return Instant.ofEpochSecond(days * DAY_SECONDS + hour * 3600 + minute * 60 + second, nano);
  }

  /** Digits where digits have to be, up to nine of them behind a point. */
  private static boolean isPlain(String text, int end) {
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      char wanted = i < PATTERN.length() ? PATTERN.charAt(i) : i == PATTERN.length() ? '.' : '0';
      if (wanted == '0' ? c < '0' || c > '9' : c != wanted) {
        return false;
      }
    }
    int digits = end - PATTERN.length() - 1;
    return digits == -1 || digits > 0 && digits <= NANO_DIGITS;
  }

  private static boolean isDay(String text) {
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    return month >= 1
        && month <= 12
        && day >= 1
        && day <= YearMonth.of(number(text, 0, 4), month).lengthOfMonth();
  }

  private static int number(String digits, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + digits.charAt(i) - '0';
    }
    return number;
  }
}
