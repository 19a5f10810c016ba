package dev.stravinsky.release.transport;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Closes a stream from which nothing, or next to nothing, comes any more: reading it has no
 * time-out of its own.
 */
final class Watchdog implements AutoCloseable {
  private final InputStream watched;
  private final AtomicLong received;
  private final Patience patience;
  private final Thread thread;
  private volatile boolean bit;

  Watchdog(InputStream watched, AtomicLong received, Patience patience) {
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
      long before;
      do {
        before = received.get();
        Thread.sleep(patience.stall());
      } while (received.get() - before >= patience.leastBytes());
      bit = true;
      watched.close();
    } catch (InterruptedException e) {
      // The download ended.
    } catch (IOException e) {
      // The reader gets an error as well, which is the one that is told.
    }
  }
}
