package dev.stravinsky.release.transport;

import java.time.Duration;

/** Waits between two attempts. */
@FunctionalInterface
public interface Pause {
  /** Returns when the time is over. */
  void of(Duration time) throws InterruptedException;
}
