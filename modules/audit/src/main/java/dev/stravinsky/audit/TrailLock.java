package dev.stravinsky.audit;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.error.LockHeldException;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The trail's own lock: writers one at a time, each for a few milliseconds; readers together. */
final class TrailLock {
  /** Far longer than any queue of writers; a reader of a large trail may take seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final long FIRST_PAUSE_MILLIS = 1;
  private static final long LONGEST_PAUSE_MILLIS = 16;

  private final Environment environment;
  private final TrailFiles files;

  TrailLock(Environment environment, TrailFiles files) {
    this.environment = environment;
    this.files = files;
  }

  /** Waits for the lock; the trail's directory exists. */
  Lease forWriting() throws IOException {
    return take(LockMode.EXCLUSIVE);
  }

  /** Waits for the lock, or does without where a lock file cannot be (a read-only home). */
  Lease forReading() throws IOException {
    if (!files.exist()) {
      return () -> {};
    }
    try {
      return take(LockMode.SHARED);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      return () -> {};
    }
  }

  private Lease take(LockMode mode) throws IOException {
    Path lock = files.lock();
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      Optional<Lease> lease = environment.platform().tryLock(lock, mode);
      if (lease.isPresent()) {
        return lease.get();
      }
      if (System.nanoTime() - giveUp > 0) {
        throw new LockHeldException(lock, Optional.empty());
      }
      sleep(pause);
      pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
    }
  }

  private static void sleep(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the trail's lock");
    }
  }
}
