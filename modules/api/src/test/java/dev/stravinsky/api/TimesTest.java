package dev.stravinsky.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times are written and read as {@link Instant} itself does. */
class TimesTest {
  private static final long YEAR_0 = -62_167_219_200L;
  private static final long YEAR_10001 = 253_433_923_200L;

  @Test
  void times_random_areWrittenAndReadAsByInstant() {
    long seed = Long.getLong("stravinsky.seed", System.nanoTime());
    System.out.println("TimesTest: seed " + seed);
    Random random = new Random(seed);
    int[] units = {1, 1_000, 1_000_000, 100_000_000};
    for (int i = 0; i < 20_000; i++) {
      int unit = units[random.nextInt(units.length)];
      Instant time =
          Instant.ofEpochSecond(
              random.nextLong(YEAR_0, YEAR_10001), random.nextInt(1_000_000_000 / unit) * unit);

      assertThat(Times.text(time)).isEqualTo(time.toString());
      assertThat(Times.parse(time.toString())).isEqualTo(time);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-02-29T23:59:59.5Z",
        "2023-12-31T00:00:00.123456789Z",
        "1970-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "+10000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2016-12-31T23:59:60Z",
        "2026-01-01T00:00:00+01:00",
        "2026-01-01t00:00:00z",
        "2026-01-01T00:00:00.Z",
      })
  void parse_whatInstantReads_isTheSame(String text) {
    assertThat(Times.parse(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2023-02-29T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-01-01T25:00:00Z",
        "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:61Z",
        "2026-01-01 00:00:00Z",
        "2026-01-01T00:00Z",
        "2026-01-01T00:00:00.1234567890Z",
        "2026-01-01T00:00:00.12a4Z",
        "2026-01-01T00:00:00",
        "2026-01-01T00:00:0\u0660Z",
      })
  void parse_whatInstantRefuses_isRefused(String text) {
    assertThatThrownBy(() -> Instant.parse(text)).isInstanceOf(DateTimeException.class);
    assertThatThrownBy(() -> Times.parse(text)).isInstanceOf(DateTimeException.class);
  }
}
