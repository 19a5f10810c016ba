package dev.stravinsky.cli.output;

import dev.stravinsky.api.error.Problem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TimeZone;

/**
 * How values look: times in the local zone, sizes in a unit that is easy to read. Without the JDK's
 * formatters, which take longer to be made ready than a list to be read.
 */
public final class Shown {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

  private Shown() {}

  public static String time(Instant instant) {
    // By the old class: java.time would look into every JAR for zone rules, which takes 15 ms.
    int offsetMillis = TimeZone.getDefault().getOffset(instant.toEpochMilli());
    OffsetDateTime local = instant.atOffset(ZoneOffset.ofTotalSeconds(offsetMillis / 1000));
    String clock = local.toLocalTime().truncatedTo(ChronoUnit.SECONDS).toString();
    return local.toLocalDate() + " " + (clock.length() == 5 ? clock + ":00" : clock);
  }

  public static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3).setScale(2, RoundingMode.HALF_UP) + " s";
  }

  /** In units of 1000. */
  public static String size(long bytes) {
    int unit = 0;
    long wholes = bytes;
    while (wholes >= 1000 && unit < UNITS.length - 1) {
      wholes /= 1000;
      unit++;
    }
    int digits = unit > 0 && wholes < 10 ? 1 : 0;
    return BigDecimal.valueOf(bytes, 3 * unit).setScale(digits, RoundingMode.HALF_UP)
        + " "
        + UNITS[unit];
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
