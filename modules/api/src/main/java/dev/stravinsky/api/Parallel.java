package dev.stravinsky.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Work on all cores whose results are taken in order, with few of them waiting: memory does not
 * grow with the amount of work. In one thread on a file system that is not the machine's own, so
 * that each run there does the same things in the same order; and where {@code stravinsky.threads}
 * is 1.
 */
public final class Parallel implements AutoCloseable {
  private static final int WAITING_PER_THREAD = 4;
  private static final int MOST_AT_ONCE = 16;

  private final int threads;
  private ExecutorService pool;

  private Parallel(int threads) {
    this.threads = threads;
  }

  /** For work on the files of this file system. Threads are started by the first work. */
  public static Parallel on(Path anyPath) {
    boolean own = anyPath.getFileSystem().provider().getScheme().equals("file");
    int cores = Runtime.getRuntime().availableProcessors();
    return new Parallel(own ? Integer.getInteger("stravinsky.threads", cores) : 1);
  }

  /**
   * Takes one result.
   *
   * @param <R> of the work
   */
  public interface Taker<R> {
    /** Called by the thread that waits for the work. */
    void take(R result) throws IOException;
  }

  /**
   * Done with one thing.
   *
   * @param <T> of the thing
   * @param <R> of what comes of it
   */
  public interface Work<T, R> {
    /** Called in any thread. */
    R of(T thing) throws IOException;
  }

  /**
   * Does all the work and hands each result to {@code taker}, in the caller's thread and in order.
   * The first failure stops the rest and is thrown.
   */
  public <R> void inOrder(Iterator<Callable<R>> work, Taker<R> taker) throws IOException {
    if (threads <= 1) {
      while (work.hasNext()) {
        taker.take(here(work.next()));
      }
      return;
    }
    Deque<Future<R>> waiting = new ArrayDeque<>();
    try {
      while (work.hasNext() || !waiting.isEmpty()) {
        if (work.hasNext() && waiting.size() < threads * WAITING_PER_THREAD) {
          waiting.add(pool().submit(work.next()));
        } else {
          taker.take(result(waiting.remove()));
        }
      }
    } finally {
      waiting.forEach(future -> future.cancel(false));
    }
  }

  /**
   * The same for something small that is done with each of many things: several are done by a
   * thread in one go, since to hand one over takes as long as to read a small file. Of few things,
   * which may be large, every thread gets its share.
   */
  public <T, R> void inOrder(List<T> things, Work<T, R> work, Taker<R> taker) throws IOException {
    List<Callable<List<R>>> batches = new ArrayList<>();
    int turns = threads * WAITING_PER_THREAD;
    int atOnce = Math.clamp(things.size() / turns, 1, MOST_AT_ONCE);
    for (int from = 0; from < things.size(); from += atOnce) {
      List<T> batch = things.subList(from, Math.min(things.size(), from + atOnce));
      batches.add(() -> all(batch, work));
    }
    this.<List<R>>inOrder(
        batches.iterator(),
        results -> {
          for (R result : results) {
            taker.take(result);
          }
        });
  }

  private static <T, R> List<R> all(List<T> things, Work<T, R> work) throws IOException {
    List<R> results = new ArrayList<>(things.size());
    for (T each : things) {
      results.add(work.of(each));
    }
    return results;
  }

  private ExecutorService pool() {
    if (pool == null) {
      pool = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory());
    }
    return pool;
  }

  private static <R> R here(Callable<R> work) throws IOException {
    try {
      return work.call();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("work throws nothing else", e);
    }
  }

  private static <R> R result(Future<R> future) throws IOException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case UncheckedIOException io -> throw io.getCause();
        case IOException io -> throw io;
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        default -> throw new IllegalStateException("work throws nothing else", e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted");
    }
  }

  /** Waits for what still runs, so that nobody writes or reads behind the caller's back. */
  @Override
  public void close() {
    if (pool != null) {
      pool.close();
    }
  }
}
