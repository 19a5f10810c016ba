package dev.stravinsky.release.transport;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: each time twice as long, up to a limit, and of that a
 * random part between a half and all, so that those whom one failure has cut off together do not
 * come back together.
 */
final class Backoff {
  private final Patience patience;
  private final RandomGenerator random;
  private int failures;

  Backoff(Patience patience, RandomGenerator random) {
    this.patience = patience;
    this.random = random;
  }

  /** The last attempt brought something: the server is not to be given up. */
  void progressed() {
    failures = 0;
  }

  /** Attempts in a row that failed. */
  int failures() {
    return failures;
  }

  /**
   * Counts a failure.
   *
   * @param asked how long the server wants to be left alone
   * @return how long to wait; empty if it was the last attempt
   */
  Optional<Duration> next(Optional<Duration> asked) {
    failures++;
    if (failures >= patience.attempts()) {
      return Optional.empty();
    }
    long most = patience.firstWait().toMillis() << Math.min(failures - 1, 20);
    most = Math.min(most, patience.longestWait().toMillis());
    Duration own = Duration.ofMillis(most - random.nextLong(most / 2 + 1));
    return Optional.of(asked.filter(it -> it.compareTo(own) > 0).orElse(own));
  }
}
