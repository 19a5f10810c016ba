package dev.stravinsky.validator.external;

import dev.stravinsky.spi.Cancellation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Asks for a download to end when nothing has arrived in its directory for a while. */
final class Stall implements Cancellation {
  private static final long LOOK_AGAIN_NANOS = Duration.ofSeconds(1).toNanos();

  private final Path directory;
  private final long limitNanos;
  private final LongSupplier nanoTime;
  private long lookedAt;
  private long grewAt;
  private long bytes;

  Stall(Path directory, Duration limit, LongSupplier nanoTime) {
    this.directory = directory;
    this.limitNanos = limit.toNanos();
    this.nanoTime = nanoTime;
    this.lookedAt = nanoTime.getAsLong();
    this.grewAt = lookedAt;
  }

  @Override
  public synchronized boolean requested() {
    long now = nanoTime.getAsLong();
    if (now - lookedAt > LOOK_AGAIN_NANOS) {
      lookedAt = now;
      long found = size();
      if (found != bytes) {
        bytes = found;
        grewAt = now;
      }
    }
    return now - grewAt > limitNanos;
  }

  private long size() {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.mapToLong(Stall::size).sum();
    } catch (IOException | UncheckedIOException e) {
      return bytes + 1; // It is being written to just now.
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0; // Renamed or removed since it was listed.
    }
  }
}
