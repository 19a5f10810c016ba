package dev.stravinsky.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that starts on a day of its own, runs on as real time does, and can be put forward or
 * stopped.
 */
public final class SandboxClock extends Clock {
  /** When every sandbox begins. */
  public static final Instant START = Instant.parse("2026-01-08T12:00:00Z");

  private final long startNanos = System.nanoTime();
  private volatile boolean stopped;
  private volatile Duration advanced = Duration.ZERO;

  SandboxClock() {}

  /** Lets that much time pass at once. */
  public synchronized void advance(Duration time) {
    advanced = advanced.plus(time);
  }

  /**
   * From now on time passes only by {@link #advance}, beginning at this moment: the same commands
   * then write the same bytes.
   */
  public synchronized void stopAt(Instant moment) {
    stopped = true;
    advanced = Duration.between(START, moment);
  }

  /** Shows the same time as another one, and stands still if that one does. */
  synchronized void setLike(SandboxClock other) {
    stopped = other.stopped;
    advanced = advanced.plus(Duration.between(instant(), other.instant()));
  }

  @Override
  public Instant instant() {
    long running = stopped ? 0 : System.nanoTime() - startNanos;
    return START.plusNanos(running).plus(advanced);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    SandboxClock same = this;
    return new Clock() {
      @Override
      public Instant instant() {
        return same.instant();
      }

      @Override
      public ZoneId getZone() {
        return zone;
      }

      @Override
      public Clock withZone(ZoneId other) {
        return same.withZone(other);
      }
    };
  }
}
