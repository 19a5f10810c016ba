package dev.stravinsky.release.transport;

import java.time.Duration;

/**
 * How long a server is waited for, and how often it is asked.
 *
 * @param connect for a connection
 * @param stall for an answer; and a body of which less than {@code leastBytes} came in such a time
 *     has stalled
 * @param leastBytes see {@code stall}
 * @param attempts requests in a row that brought less than {@code progressBytes}, then it ends
 * @param progressBytes what an attempt has to bring to be none of those
 * @param firstWait before the second attempt; each later one waits twice as long as the one before
 * @param longestWait no wait of our own is longer, and no server's {@code Retry-After} obeyed that
 *     asks for more than {@code longestRetryAfter}
 * @param longestRetryAfter see {@code longestWait}
 */
public record Patience(
    Duration connect,
    Duration stall,
    long leastBytes,
    int attempts,
    long progressBytes,
    Duration firstWait,
    Duration longestWait,
    Duration longestRetryAfter) {

  /** That of docs/releases.md. */
  public static final Patience STANDARD =
      new Patience(
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          1024,
          5,
          64 * 1024,
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60));

  /** The same with all times a part of what they are, but a millisecond at least. */
  public Patience percent(int part) {
    return new Patience(
        part(connect, part),
        part(stall, part),
        leastBytes,
        attempts,
        progressBytes,
        part(firstWait, part),
        part(longestWait, part),
        part(longestRetryAfter, part));
  }

  private static Duration part(Duration time, int percent) {
    return Duration.ofMillis(Math.max(1, time.toMillis() * percent / 100));
  }
}
