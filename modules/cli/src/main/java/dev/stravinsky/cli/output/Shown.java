package dev.stravinsky.cli.output;

import dev.stravinsky.api.error.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

/** How values look: times in the local zone, sizes in a unit that is easy to read. */
public final class Shown {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

  private Shown() {}

  public static String time(Instant instant) {
    // By the old class: java.time would look into every JAR for zone rules, which takes 15 ms.
    int offsetMillis = TimeZone.getDefault().getOffset(instant.toEpochMilli());
    return TIME.format(instant.atOffset(ZoneOffset.ofTotalSeconds(offsetMillis / 1000)));
  }

  public static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
  }

  /** In units of 1000. */
  public static String size(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1000 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }

  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** A path as a word to be typed in a shell. */
  public static String word(Path path) {
    return word(path.toString());
  }

  /** A text as a word to be typed in a shell. */
  public static String word(String plain) {
    return plain.matches("[A-Za-z0-9_./@:+-]+") ? plain : "'" + plain.replace("'", "'\\''") + "'";
  }

  /** A problem for programs. */
  public static Map<String, Object> json(Problem problem) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", problem.kind());
    json.put("message", problem.message());
    json.put("file", problem.file());
    json.put("line", problem.line().isPresent() ? problem.line().getAsInt() : null);
    json.put("unchanged", problem.unchanged());
    json.put("next", problem.nextCommand());
    return json;
  }
}
