package dev.stravinsky.chaos.toxiproxy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What has arrived on a link and was not passed on yet; bounded, so that a stalled link stalls. */
final class Inbox {
  private static final int MOST = 64;

  private final Deque<Chunk> chunks = new ArrayDeque<>();
  private boolean closed;
  private long changes;

  /**
   * Bytes that arrived together.
   *
   * @param arrivedNanos when
   * @param end whether this is the end, and no bytes
   */
  record Chunk(byte[] bytes, long arrivedNanos, boolean end) {
    static Chunk of(byte[] bytes) {
      return new Chunk(bytes, System.nanoTime(), false);
    }

    static Chunk theEnd() {
      return new Chunk(new byte[0], System.nanoTime(), true);
    }
  }

  /** Adds a chunk when there is room; says whether anybody still waits for it. */
  synchronized boolean put(Chunk chunk) throws InterruptedException {
    while (chunks.size() >= MOST && !closed) {
      wait();
    }
    if (!closed) {
      chunks.add(chunk);
      notifyAll();
    }
    return !closed;
  }

  /** The next chunk; empty if the time is over, the toxics changed, or all is closed. */
  synchronized Optional<Chunk> take(long untilNanos, long knownChanges)
      throws InterruptedException {
    while (chunks.isEmpty() && !closed && changes == knownChanges) {
      if (!waitUntil(untilNanos)) {
        return Optional.empty();
      }
    }
    if (closed || changes != knownChanges) {
      return Optional.empty();
    }
    Chunk chunk = chunks.remove();
    notifyAll();
    return Optional.of(chunk);
  }

  /** Waits; says whether nothing happened meanwhile. */
  synchronized boolean pause(long untilNanos, long knownChanges) throws InterruptedException {
    while (!closed && changes == knownChanges) {
      if (!waitUntil(untilNanos)) {
        return true;
      }
    }
    return false;
  }

  private boolean waitUntil(long untilNanos) throws InterruptedException {
    if (untilNanos == Long.MAX_VALUE) {
      wait();
      return true;
    }
    long left = untilNanos - System.nanoTime();
    if (left <= 0) {
      return false;
    }
    wait(left / 1_000_000, (int) (left % 1_000_000));
    return true;
  }

  synchronized long changes() {
    return changes;
  }

  /** The toxics are others now. */
  synchronized void changed() {
    changes++;
    notifyAll();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
