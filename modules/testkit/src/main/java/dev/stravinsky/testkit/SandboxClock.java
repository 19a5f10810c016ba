package dev.stravinsky.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that starts on a day of its own, runs on as real time does, and can be put forward. */
public final class SandboxClock extends Clock {
  /** When every sandbox begins. */
  public static final Instant START = Instant.parse("2026-01-08T12:00:00Z");

  private final long startNanos = System.nanoTime();
  private volatile Duration advanced = Duration.ZERO;

  SandboxClock() {}

  /** Lets that much time pass at once. */
  public synchronized void advance(Duration time) {
    advanced = advanced.plus(time);
  }

  @Override
  public Instant instant() {
    return START.plusNanos(System.nanoTime() - startNanos).plus(advanced);
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
