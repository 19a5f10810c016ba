package dev.stravinsky.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;

/**
 * Runs trials, as many at a time as there are processors. What a trial does in parallel is done by
 * one thread, and so in the same order each time: without that no place could be found again.
 */
final class Crew {
  private static final ExecutorService WORKERS =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          Thread.ofPlatform().daemon().name("chaos-", 1).factory());

  /** A parallel stream that begins in a pool stays in it. */
  private static final ThreadLocal<ForkJoinPool> ALONE =
      ThreadLocal.withInitial(() -> new ForkJoinPool(1));

  private Crew() {}

  /** The results in the order of the tasks; a defect of the harness ends all. */
  static <T> List<T> all(List<? extends Callable<T>> tasks) {
    List<Future<T>> running = new ArrayList<>();
    for (Callable<T> task : tasks) {
      running.add(WORKERS.submit(() -> alone(task)));
    }
    List<T> results = new ArrayList<>();
    try {
      for (Future<T> each : running) {
        results.add(each.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the harness itself failed", e.getCause());
    }
  }

  /** The same, one after the other. */
  static <T> List<T> oneByOne(List<? extends Callable<T>> tasks) throws IOException {
    List<T> results = new ArrayList<>();
    for (Callable<T> task : tasks) {
      results.add(alone(task));
    }
    return results;
  }

  /** Does one thing, in this thread's own order. */
  static <T> T alone(Callable<T> task) throws IOException {
    try {
      return ALONE.get().submit(task).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw unwrapped(e.getCause());
    }
  }

  private static IOException unwrapped(Throwable failure) {
    return switch (failure) {
      case IOException e -> e;
      case UncheckedIOException e -> e.getCause();
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    };
  }
}
