package dev.stravinsky.release;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Closes a stream from which nothing comes any more: reading it has no time-out of its own. */
final class Watchdog implements AutoCloseable {
  private final InputStream watched;
  private final AtomicLong received;
  private final Duration patience;
  private final Thread thread;
  private volatile boolean bit;

  Watchdog(InputStream watched, AtomicLong received, Duration patience) {
    this.watched = watched;
    this.received = received;
    this.patience = patience;
    this.thread = Thread.ofVirtual().name("download-watchdog").start(this::watch);
  }

  /** Whether it closed the stream. */
  boolean bit() {
    return bit;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void watch() {
    try {
      long seen = -1;
      while (received.get() != seen) {
        seen = received.get();
        Thread.sleep(patience);
      }
      bit = true;
      watched.close();
    } catch (InterruptedException e) {
      // The download ended.
    } catch (IOException e) {
      // The reader gets an error as well, which is the one that is told.
    }
  }
}
