package dev.stravinsky.validator;

import dev.stravinsky.api.check.CheckReport.Ending;
import dev.stravinsky.api.check.CheckRequest;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.CouldNotCheckException;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.validator.external.CheckFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** One check on a thread of its own, which is cut off when its time is over. */
final class CheckThread {
  private static final long POLL_MILLIS = 20;

  /** What a check that was told to end is given to clean up, for example to end its processes. */
  private static final long GRACE_MILLIS = 500;

  private final Check check;
  private final CheckRequest request;
  private final Optional<CheckThread> hanging;
  private final Duration limit;
  private final Thread thread;
  private final CountDownLatch done = new CountDownLatch(1);
  private final AtomicReference<Outcome> outcome = new AtomicReference<>();
  private final long started = System.nanoTime();
  private volatile boolean cutOff;

  /** A check that is to run; {@code before} is its previous run, if there was one. */
  CheckThread(Check check, CheckRequest request, Optional<CheckThread> before) {
    this.check = check;
    this.request = request;
    this.hanging = before.filter(CheckThread::isBusy);
    this.limit = check.validator().timeLimit();
    this.thread = Thread.ofPlatform().daemon().name("check-" + check.id()).unstarted(this::run);
  }

  /**
   * How a check ended.
   *
   * @param before what it finds in the state before the change; asked for only if something blocks
   */
  record Outcome(Ending ending, List<Finding> findings, List<Finding> before, Duration duration) {}

  Check check() {
    return check;
  }

  void start() {
    if (hanging.isPresent()) {
      outcome.set(failure(Ending.FAILED, "the check still hangs in an earlier run"));
      done.countDown();
    } else {
      thread.start();
    }
  }

  /** Whether the validator has not returned yet, in this run or in the one before. */
  private boolean isBusy() {
    return hanging.map(CheckThread::isBusy).orElseGet(() -> done.getCount() > 0);
  }

  /** Waits for the end, or makes one. */
  Outcome await() {
    try {
      while (!done.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        if (tooLate() || request.context().cancellation().requested()) {
          return cutOff("the check did not end within " + spoken(elapsed()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return cutOff("the check was interrupted");
    }
    return outcome.get();
  }

  private boolean tooLate() {
    return elapsed().compareTo(limit) > 0;
  }

  private Outcome cutOff(String message) {
    cutOff = true;
    thread.interrupt();
    try {
      thread.join(GRACE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return failure(Ending.TIMED_OUT, message);
  }

  private void run() {
    try {
      outcome.set(look());
    } catch (CouldNotCheckException e) {
      outcome.set(
          new Outcome(
              Ending.COULD_NOT_CHECK,
              List.of(finding(Severity.WARN, "could not check: " + e.getMessage())),
              List.of(),
              elapsed()));
    } catch (CheckFailedException e) {
      outcome.set(failure(Ending.FAILED, "the check itself failed: " + e.getMessage()));
    } catch (TimeoutException e) {
      outcome.set(failure(Ending.TIMED_OUT, "the check took too long: " + e.getMessage()));
    } catch (Throwable e) {
      // Also errors: a check that overflows its stack or lacks a class must not end the command.
      outcome.set(failure(Ending.FAILED, "the check itself failed: " + sentence(e)));
    } finally {
      done.countDown();
    }
  }

  private Outcome look() throws Exception {
    List<Finding> findings = ask(request.context());
    List<Finding> before = List.of();
    if (request.before().isPresent() && OldFaults.mayBeOld(check, findings)) {
      before = askBefore(request.before().get());
    }
    return new Outcome(Ending.COMPLETED, findings, before, elapsed());
  }

  private List<Finding> askBefore(CheckContext before) {
    try {
      return ask(before);
    } catch (Exception e) {
      // What the state before was like is not known then: nothing counts as an old fault.
      return List.of();
    }
  }

  private List<Finding> ask(CheckContext context) throws Exception {
    var outer = context.cancellation();
    return check.validator().check(context.with(() -> cutOff || outer.requested())).stream()
        .map(Objects::requireNonNull)
        .map(this::signed)
        .toList();
  }

  /** A check speaks only in its own name. */
  private Finding signed(Finding f) {
    return f.checkId().equals(check.id())
        ? f
        : new Finding(
            check.id(), f.severity(), f.kind(), f.file(), f.line(), f.message(), f.hint());
  }

  private Outcome failure(Ending ending, String message) {
    // An unproven state is not installed. Once it is live, a plugin's own failure is no proof
    // against it, while a built-in check's is the matrix's unknown error.
    boolean plugin = check.kind() == Check.Kind.EXTERNAL;
    Severity severity =
        plugin && request.phase() == Phase.POST_UPDATE ? Severity.WARN : Severity.BLOCK;
    Finding finding =
        finding(severity, message)
            .withHint("accept it by name if you know why: --accept " + check.id());
    return new Outcome(ending, List.of(finding), List.of(), elapsed());
  }

  private Finding finding(Severity severity, String message) {
    return Finding.of(check.id(), severity, ErrorKind.UNKNOWN, message);
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  private static String spoken(Duration duration) {
    return duration.toMillis() < 1000 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
  }

  private static String sentence(Throwable failure) {
    String message = failure.getMessage();
    String name = failure.getClass().getSimpleName();
    return message == null || message.isBlank() ? name : name + ": " + message;
  }
}
