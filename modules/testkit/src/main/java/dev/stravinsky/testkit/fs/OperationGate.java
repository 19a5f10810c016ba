package dev.stravinsky.testkit.fs;

import dev.stravinsky.testkit.fs.FaultPlan.Verdict;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/** Every operation passes here: counted, recorded, and refused if the plan says so. */
final class OperationGate {
  private final ReadWriteLock atomicity = new ReentrantReadWriteLock();
  private final AtomicLong changes = new AtomicLong();
  private final AtomicLong injected = new AtomicLong();
  private final List<FileOperation> trace = new ArrayList<>();
  private final ThreadLocal<Boolean> undisturbed = ThreadLocal.withInitial(() -> false);
  private final MountTable mounts = new MountTable();
  private volatile Consumer<Duration> sleeper = OperationGate::sleep;
  private volatile FaultPlan plan = FaultPlan.NONE;
  private volatile boolean tracing;
  private volatile Optional<ChangeRecorder> recorder = Optional.empty();
  private volatile String death = "";

  /** Something done to the delegate. */
  @FunctionalInterface
  interface Action<T> {
    T run() throws IOException;
  }

  void plan(FaultPlan next) {
    plan = next;
    changes.set(0);
    injected.set(0);
    synchronized (trace) {
      trace.clear();
    }
  }

  void trace(boolean on) {
    tracing = on;
  }

  List<FileOperation> traced() {
    synchronized (trace) {
      return List.copyOf(trace);
    }
  }

  long changes() {
    return changes.get();
  }

  long injected() {
    return injected.get();
  }

  void revive() {
    death = "";
  }

  boolean isDead() {
    return !death.isEmpty();
  }

  boolean isUndisturbed() {
    return undisturbed.get();
  }

  <T> T undisturbed(Action<T> action) throws IOException {
    boolean before = undisturbed.get();
    undisturbed.set(true);
    try {
      return action.run();
    } finally {
      undisturbed.set(before);
    }
  }

  /** An operation on paths, which fails as a whole or is done as a whole. */
  <T> T pass(Kind kind, Path path, Optional<Path> other, Action<T> action) throws IOException {
    Optional<Errno> refusal = decide(kind, path, other, 0);
    if (refusal.isEmpty() && !undisturbed.get()) {
      refusal = mounts.refusal(kind, Passage.to(path), other.map(Passage::to));
    }
    if (refusal.isPresent()) {
      throw refusal.get().on(path, other);
    }
    // An exchange is made of several steps of the delegate, which nobody may see in between; and
    // what is recorded is looked at right after it was done.
    boolean alone = kind == Kind.EXCHANGE || recorder.isPresent();
    Lock lock = alone ? atomicity.writeLock() : atomicity.readLock();
    lock.lock();
    try {
      T result = action.run();
      if (recorder.isPresent() && kind.changes() && !undisturbed.get()) {
        recorder.get().passed(kind, Passage.to(path), other.map(OperationGate::unwrap));
      }
      return result;
    } finally {
      lock.unlock();
    }
  }

  private static Path unwrap(Path path) {
    return path instanceof FaultPath ours ? ours.delegate() : path;
  }

  /** From now on every change is written down. */
  void record(Path top, InodeNumbers numbers) {
    recorder = Optional.of(new ChangeRecorder(top, numbers));
  }

  /** Ends the recording. */
  DiskChange.Recorded recorded() throws IOException {
    ChangeRecorder ended = recorder.orElseThrow(() -> new IllegalStateException("not recording"));
    recorder = Optional.empty();
    return new DiskChange.Recorded(ended.existing(), ended.done());
  }

  /** Something done to an open file, which tells the recorder what it was. */
  @FunctionalInterface
  interface Recorded<T> {
    T run(Optional<ChangeRecorder> recorder) throws IOException;
  }

  /** Does something to an open file, alone if it is recorded. */
  <T> T told(Recorded<T> action) throws IOException {
    if (recorder.isEmpty() || undisturbed.get()) {
      return action.run(Optional.empty());
    }
    atomicity.writeLock().lock();
    try {
      return action.run(recorder);
    } finally {
      atomicity.writeLock().unlock();
    }
  }

  /** A force of an inode, which the disk did or refused. */
  void force(Verdict verdict, Object inode, Action<?> force) throws IOException {
    told(
        listening -> {
          if (verdict instanceof Verdict.Fail fail) {
            listening.ifPresent(r -> r.forceFailed(inode));
            throw fail.errno().onOpenFile();
          }
          listening.ifPresent(r -> r.forced(inode));
          return force.run();
        });
  }

  /** Asks for leave; the error if it is refused. */
  Optional<Errno> decide(Kind kind, Path path, Optional<Path> other, long bytes) {
    return verdict(kind, path, other, bytes) instanceof Verdict.Fail fail
        ? Optional.of(fail.errno())
        : Optional.empty();
  }

  /** What is left to do of what the plan wants: it was waited for and died of here. */
  Verdict verdict(Kind kind, Path path, Optional<Path> other, long bytes) {
    if (undisturbed.get()) {
      return Verdict.Proceed.IT;
    }
    failIfDead();
    long number = kind.changes() ? changes.incrementAndGet() : 0;
    FileOperation operation = new FileOperation(kind, path, other, bytes, number);
    if (tracing) {
      synchronized (trace) {
        trace.add(operation);
      }
    }
    if (kind.changes()) {
      recorder.ifPresent(r -> r.begin(operation));
    }
    Verdict verdict = plan.decide(operation);
    while (verdict instanceof Verdict.Slow slow) {
      sleeper.accept(slow.time());
      verdict = slow.then();
    }
    if (verdict instanceof Verdict.Fail) {
      fired();
      if (kind == Kind.SYNC) {
        recorder.ifPresent(ChangeRecorder::allForceFailed);
      }
    } else if (verdict instanceof Verdict.Die) {
      fired();
      death = operation.toString();
      throw new ProcessKilledError(death);
    }
    return verdict;
  }

  /** The plan has done something to an operation. */
  void fired() {
    injected.incrementAndGet();
  }

  void sleeper(Consumer<Duration> next) {
    sleeper = next;
  }

  /** As a process waits for a disk: a signal does not end it. */
  private static void sleep(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    boolean interrupted = false;
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      try {
        TimeUnit.NANOSECONDS.sleep(left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  MountTable mounts() {
    return mounts;
  }

  private void failIfDead() {
    String where = death;
    if (!where.isEmpty()) {
      throw new ProcessKilledError(where);
    }
  }
}
