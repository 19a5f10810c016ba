package dev.stravinsky.validator;

import dev.stravinsky.api.check.CheckReport.Ending;
import dev.stravinsky.api.check.CheckRequest;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.IoProblems;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.CouldNotCheckException;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.validator.external.CheckFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
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

  /** What checks that were told to end are given to clean up, for example to end processes. */
  private static final long GRACE_MILLIS = 500;

  private final Check check;
  private final CheckRequest request;
  private final Optional<CheckThread> hanging;
  private final Thread thread;
  private final CountDownLatch done = new CountDownLatch(1);

  /** The first one counts: what a check that was cut off still says is not listened to. */
  private final AtomicReference<Outcome> outcome = new AtomicReference<>();

  private final long started = System.nanoTime();
  private volatile boolean cutOff;
  private volatile String rule = "";

  /** A check that is to run; {@code before} is its previous run, if there was one. */
  CheckThread(Check check, CheckRequest request, Optional<CheckThread> before) {
    this.check = check;
    this.request = request;
    this.hanging = before.filter(CheckThread::isBusy);
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name("check-" + check.id())
            // What even run() cannot catch leaves no outcome, which is told as a failure.
            .uncaughtExceptionHandler((who, failure) -> {})
            .unstarted(this::run);
  }

  /**
   * How a check ended.
   *
   * @param before what it finds in the state before the change; asked for only if something blocks
   * @param lines the line that each finding names, if there are findings with one
   */
  record Outcome(
      Ending ending,
      List<Finding> findings,
      List<Finding> before,
      List<Optional<String>> lines,
      Duration duration) {

    Optional<String> evidence(int finding) {
      return finding < lines.size() ? lines.get(finding) : Optional.empty();
    }
  }

  Check check() {
    return check;
  }

  /** What the check says that it looks at; empty if it does not say, or hangs. */
  String rule() {
    return rule;
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
  boolean isBusy() {
    return hanging.map(CheckThread::isBusy).orElseGet(() -> done.getCount() > 0);
  }

  /** Returns when all have ended or were cut off, each when its own time was over. */
  static void awaitAll(List<CheckThread> all) {
    List<CheckThread> running = new ArrayList<>(all);
    try {
      while (!running.isEmpty()) {
        running.getFirst().done.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
        running.removeIf(CheckThread::hasEnded);
      }
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
      for (CheckThread each : all) {
        each.done.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running.forEach(each -> each.cutOff("the check was interrupted"));
    }
  }

  private boolean hasEnded() {
    if (done.getCount() == 0) {
      return true;
    }
    if (elapsed().compareTo(check.timeLimit()) > 0) {
      cutOff("the check did not end within " + spoken(check.timeLimit()));
    } else if (request.context().cancellation().requested()) {
      cutOff(
          "the check was cut off after " + spoken(elapsed()) + ", when the time of all was over");
    }
    return cutOff;
  }

  private void cutOff(String message) {
    outcome.compareAndSet(null, failure(Ending.TIMED_OUT, message));
    cutOff = true;
    thread.interrupt();
  }

  /** How it ended, once it has. */
  Outcome outcome() {
    Outcome ended = outcome.get();
    // One that fails even in saying how it failed: no memory left, an exception that throws.
    return ended == null ? failure(Ending.FAILED, "the check itself failed") : ended;
  }

  private void run() {
    try {
      outcome.compareAndSet(null, look());
    } catch (CouldNotCheckException e) {
      outcome.compareAndSet(
          null,
          ended(
              Ending.COULD_NOT_CHECK,
              finding(Severity.WARN, ErrorKind.UNKNOWN, "could not check: " + e.getMessage())));
    } catch (CheckFailedException e) {
      fail(Ending.FAILED, "the check itself failed: " + e.getMessage());
    } catch (TimeoutException e) {
      fail(Ending.TIMED_OUT, "the check took too long: " + e.getMessage());
    } catch (IOException e) {
      String message = "the check itself failed: " + sentence(e);
      outcome.compareAndSet(null, failure(Ending.FAILED, IoProblems.kind(e), message));
    } catch (Throwable e) {
      // Also errors: a check that overflows its stack or lacks a class must not end the command.
      fail(Ending.FAILED, "the check itself failed: " + sentence(e));
    } finally {
      done.countDown();
    }
  }

  private void fail(Ending ending, String message) {
    outcome.compareAndSet(null, failure(ending, message));
  }

  private void learnRule() {
    try {
      rule = Objects.requireNonNullElse(check.validator().explanation(), "");
    } catch (RuntimeException e) {
      // It looks all the same; only what at cannot be told.
      rule = "";
    }
  }

  private Outcome look() throws Exception {
    learnRule();
    List<Finding> findings = ask(request.context());
    learnRule(); // A program says only when it is run what it looks at.
    List<Finding> before = List.of();
    if (request.before().isPresent() && OldFaults.mayBeOld(check, findings)) {
      before = askBefore(request.before().get());
    }
    Evidence evidence = new Evidence(request.context());
    List<Optional<String>> lines = findings.stream().map(evidence::of).toList();
    return new Outcome(Ending.COMPLETED, findings, before, lines, elapsed());
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
    return failure(ending, ErrorKind.UNKNOWN, message);
  }

  private Outcome failure(Ending ending, ErrorKind kind, String message) {
    // An unproven state is not installed. Once it is live, a plugin's own failure is no proof
    // against it, while a built-in check's counts as the matrix has it.
    boolean plugin = check.kind() == Check.Kind.EXTERNAL;
    Severity severity =
        plugin && request.phase() == Phase.POST_UPDATE ? Severity.WARN : Severity.BLOCK;
    return ended(
        ending,
        finding(severity, kind, message)
            .withHint("accept it by name if you know why: --accept " + check.id()));
  }

  private Outcome ended(Ending ending, Finding finding) {
    return new Outcome(ending, List.of(finding), List.of(), List.of(), elapsed());
  }

  private Finding finding(Severity severity, ErrorKind kind, String message) {
    return Finding.of(check.id(), severity, kind, message);
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  private static String spoken(Duration duration) {
    return duration.toMillis() < 1000 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
  }

  /** What was thrown, in words. */
  static String sentence(Throwable failure) {
    String message = failure.getMessage();
    String name = failure.getClass().getSimpleName();
    return message == null || message.isBlank() ? name : name + ": " + message;
  }
}
