package dev.stravinsky.backup;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a backup took.
 *
 * @param took to make, force and read back
 * @param readBack how much of that the reading back was; next to nothing where it is switched off
 */
record Effort(Duration took, Duration readBack) {

  static Effort until(Instant now, Instant started, Instant packed) {
    return new Effort(Duration.between(started, now), Duration.between(packed, now));
  }

  /** As the trail says it, with the digits that mean something. */
  Optional<String> readBackSeconds() {
    long micros = readBack.toNanos() / 1_000;
    return micros == 0
        ? Optional.empty()
        : Optional.of(BigDecimal.valueOf(micros, 6).toPlainString());
  }
}
