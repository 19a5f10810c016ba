package dev.stravinsky.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTest {
  private final TimeZone zone = TimeZone.getDefault();

  @AfterEach
  void restoreZone() {
    TimeZone.setDefault(zone);
  }

  @ParameterizedTest
  @CsvSource({
    "UTC, 2026-01-02T03:04:05.999Z, 2026-01-02 03:04:05",
    "UTC, 2026-01-02T03:04:00Z, 2026-01-02 03:04:00",
    "UTC, 2026-12-31T00:00:00Z, 2026-12-31 00:00:00",
    "Europe/Berlin, 2026-07-01T23:30:07Z, 2026-07-02 01:30:07",
    "America/St_Johns, 2026-01-01T02:00:00Z, 2025-12-31 22:30:00",
  })
  void time_isLocalAndToTheSecond(String where, Instant instant, String shown) {
    TimeZone.setDefault(TimeZone.getTimeZone(where));

    assertThat(Shown.time(instant)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "1049, 1.0 kB",
    "1050, 1.1 kB",
    "9949, 9.9 kB",
    "9999, 10.0 kB",
    "10000, 10 kB",
    "10500, 11 kB",
    "999499, 999 kB",
    "1000000, 1.0 MB",
    "54000000, 54 MB",
    "1500000000, 1.5 GB",
    "2000000000000, 2.0 TB",
    "7000000000000000, 7000 TB",
  })
  void size_hasOneDecimalBelowTen(long bytes, String shown) {
    assertThat(Shown.size(bytes)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.00 s", "4, 0.00 s", "5, 0.01 s", "1234, 1.23 s", "61995, 62.00 s"})
  void seconds_haveTwoDecimals(long millis, String shown) {
    assertThat(Shown.seconds(Duration.ofMillis(millis))).isEqualTo(shown);
  }

  @Test
  void word_isQuotedWhereAShellWouldReadMore() {
    assertThat(Shown.word("plain-1.sh")).isEqualTo("plain-1.sh");
    assertThat(Shown.word("it's; rm")).isEqualTo("'it'\\''s; rm'");
  }
}
