package dev.stravinsky.pluginhost;

import dev.stravinsky.api.check.CheckReport.Ending;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.CouldNotCheckException;
import dev.stravinsky.spi.Finding;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.node.ObjectNode;

/**
 * One check being run, on a thread of its own. It is answered exactly once: when it ends, or when
 * its time is over and it does not stop.
 */
final class CheckRun {
  private static final int MAX_FINDINGS = 1_000;
  private static final long GRACE_MILLIS = 500;

  private final long request;
  private final ProvidedCheck check;
  private final ProtocolOutput answers;
  private final AtomicBoolean answered = new AtomicBoolean();
  private volatile boolean cancelled;
  private volatile Thread worker;

  CheckRun(long request, ProvidedCheck check, ProtocolOutput answers) {
    this.request = request;
    this.check = check;
    this.answers = answers;
  }

  /** Starts the check; returns at once. */
  void start(CheckContext context, Duration limit) {
    CheckContext mine = context.with(() -> cancelled);
    Thread thread =
        Thread.ofPlatform().daemon().name("check " + check.id()).unstarted(() -> run(mine));
    thread.setContextClassLoader(check.validator().getClass().getClassLoader());
    worker = thread;
    thread.start();
    Thread.ofPlatform().daemon().name("limit " + check.id()).start(() -> watch(thread, limit));
  }

  /** Asks the check to stop, as the end of its time does. */
  void cancel() {
    cancelled = true;
    worker.interrupt();
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

  private void run(CheckContext context) {
    try {
      List<Finding> findings = check.validator().check(context);
      List<ObjectNode> lines = findings.stream().map(this::line).toList();
      if (lines.size() > MAX_FINDINGS) {
        throw new IllegalStateException("more than " + MAX_FINDINGS + " findings");
      }
      if (!cancelled && answered.compareAndSet(false, true)) {
        lines.forEach(answers::send);
        answers.send(done(Ending.COMPLETED, ""));
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

  private ObjectNode line(Finding finding) {
    ObjectNode line = ProtocolOutput.message("finding").put("request", request);
    line.put("severity", finding.severity().name())
        .put("kind", finding.kind().name())
        .put("message", finding.message());
    finding.file().ifPresent(file -> line.put("file", file.toUri().toString()));
    finding.line().ifPresent(number -> line.put("line", number));
    finding.hint().ifPresent(hint -> line.put("hint", hint));
    return line;
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
