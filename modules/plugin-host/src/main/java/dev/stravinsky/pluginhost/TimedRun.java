package dev.stravinsky.pluginhost;

import dev.stravinsky.api.check.CheckReport.Ending;
import dev.stravinsky.spi.Cancellation;
import dev.stravinsky.spi.CouldNotCheckException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plugin code being run for one request, on a thread of its own. It is answered exactly once: when
 * it ends, or when its time is over and it does not stop.
 */
final class TimedRun {
  private static final long GRACE_MILLIS = 500;

  private final long request;
  private final Work work;
  private final ProtocolOutput answers;
  private final AtomicBoolean answered = new AtomicBoolean();
  private volatile boolean cancelled;
  private volatile Optional<Thread> worker = Optional.empty();

  /** What is to be done. */
  interface Work {
    /** For the thread's name. */
    String name();

    /** Of the plugin's code. */
    ClassLoader loader();

    /** May throw or do anything at all. */
    Done run(Cancellation cancellation) throws Throwable;
  }

  /**
   * What came of it.
   *
   * @param lines answers of their own, before the last one
   */
  record Done(List<ObjectNode> lines, Optional<JsonNode> result) {}

  TimedRun(long request, Work work, ProtocolOutput answers) {
    this.request = request;
    this.work = work;
    this.answers = answers;
  }

  /** Starts the work; returns at once. */
  void start(Duration limit) {
    Thread thread = Thread.ofPlatform().daemon().name(work.name()).unstarted(this::run);
    thread.setContextClassLoader(work.loader());
    worker = Optional.of(thread);
    thread.start();
    Thread.ofPlatform().daemon().name("limit " + work.name()).start(() -> watch(thread, limit));
  }

  /** Asks the work to stop, as the end of its time does. */
  void cancel() {
    cancelled = true;
    worker.ifPresent(Thread::interrupt);
  }

  private void watch(Thread thread, Duration limit) {
    try {
      if (thread.join(limit)) {
        return;
      }
      cancel();
      thread.join(GRACE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // A thread cannot be killed: whoever started this process may want to do it as a whole.
    answer(
        done(Ending.TIMED_OUT, "it took longer than " + limit.toMillis() + " ms")
            .put("stuck", thread.isAlive()));
  }

  private void run() {
    try {
      Done done = work.run(() -> cancelled);
      if (!cancelled && answered.compareAndSet(false, true)) {
        done.lines().forEach(line -> answers.send(line.put("request", request)));
        ObjectNode last = done(Ending.COMPLETED, "");
        done.result().ifPresent(result -> last.set("result", result));
        answers.send(last);
      }
    } catch (CouldNotCheckException e) {
      if (!cancelled) {
        answer(done(Ending.COULD_NOT_CHECK, e.getMessage()));
      }
    } catch (Throwable e) {
      if (!cancelled) {
        e.printStackTrace();
        answer(done(Ending.FAILED, "it threw " + Sentences.of(e)));
      }
    }
  }

  private ObjectNode done(Ending ending, String message) {
    return ProtocolOutput.message("done")
        .put("request", request)
        .put("ending", ending.name())
        .put("message", message);
  }

  private void answer(ObjectNode done) {
    if (answered.compareAndSet(false, true)) {
      answers.send(done);
    }
  }
}
