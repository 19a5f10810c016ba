package dev.stravinsky.chaos;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.crash.CrashPoint;
import dev.stravinsky.testkit.crash.CrashRecording;
import dev.stravinsky.testkit.crash.DiskImage;
import dev.stravinsky.testkit.crash.Loss;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Fails each operation that changes something with each error that can hit it. */
final class FaultTrials {
  /** What a disk, its modes and the process can refuse; the others are taken the same way. */
  private static final Set<Errno> ERRORS =
      EnumSet.of(Errno.ENOSPC, Errno.EIO, Errno.EACCES, Errno.EROFS, Errno.EMFILE);

  private static final int RETRIED_PLACES = 4;

  private final CleanRun clean;
  private final Oracle oracle;
  private final Sandbox prepared;
  private final Sweep.Depth depth;
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private final AtomicInteger fired = new AtomicInteger();
  private int planned;

  FaultTrials(CleanRun clean, Sandbox prepared, Sweep.Depth depth) {
    this.depth = depth;
    this.clean = clean;
    this.oracle = new Oracle(clean);
    this.prepared = prepared;
  }

  /** One operation and what it is refused with. */
  private record Refusal(FileOperation operation, Errno errno, boolean retried) {}

  void run() {
    List<Refusal> refusals = new ArrayList<>();
    for (FileOperation operation : clean.operations()) {
      if (operation.kind().changes()) {
        List<Errno> errors = ERRORS.stream().filter(e -> e.canHit(operation.kind())).toList();
        for (Errno errno : errors) {
          // To type the command again costs most; a build does so after a part of the places.
          boolean retried =
              depth == Sweep.Depth.ALL
                  || errno == errors.getFirst() && operation.number() % RETRIED_PLACES == 0;
          refusals.add(new Refusal(operation, errno, retried));
        }
      }
    }
    planned = refusals.size();
    refusals.parallelStream().forEach(this::tryOnce);
  }

  int planned() {
    return planned;
  }

  int fired() {
    return fired.get();
  }

  List<String> violations() {
    return List.copyOf(violations);
  }

  private void tryOnce(Refusal refusal) {
    List<String> found = new ArrayList<>();
    try (Sandbox sandbox = copy()) {
      found.addAll(refuse(refusal, sandbox));
    } catch (IOException | RuntimeException e) {
      found.add("the harness itself failed: " + e);
    }
    found.forEach(
        v ->
            violations.add(
                clean.operation().title()
                    + " at "
                    + refusal.operation()
                    + " with "
                    + refusal.errno()
                    + ": "
                    + v));
  }

  private Sandbox copy() throws IOException {
    synchronized (prepared) {
      return prepared.copy();
    }
  }

  private List<String> refuse(Refusal refusal, Sandbox sandbox) throws IOException {
    FileOperation.Kind kind = refusal.operation().kind();
    boolean isForce = kind == FileOperation.Kind.FORCE || kind == FileOperation.Kind.SYNC;
    Optional<CrashRecording> recording =
        isForce ? Optional.of(CrashRecording.begin(sandbox.faults())) : Optional.empty();
    sandbox.faults().plan(FaultPlan.failAt(refusal.operation().number(), refusal.errno()));
    Ending ending = clean.operation().run(sandbox.services());
    if (sandbox.faults().injected() == 1) {
      fired.incrementAndGet();
    }
    sandbox.faults().plan(FaultPlan.NONE);
    sandbox.restart();
    // What a force that failed did not bring to the disk will never be there.
    Optional<DiskImage> unforced = Optional.empty();
    if (recording.isPresent()) {
      CrashPoint end = recording.get().end().getLast();
      unforced = Optional.of(end.after(new Loss.Everything()));
    }
    List<String> found = new ArrayList<>();
    if (ending.kind() == Ending.Kind.NOT_DONE && !clean.operation().isCrashRecovery()) {
      found.addAll(oracle.notDone(sandbox, ending, Fault.Aftermath.HEALS));
    }
    if (settles(sandbox, ending, found) && refusal.retried()) {
      sandbox.withFreshIds().clock().advance(Sweep.PAUSE);
      Ending retry = clean.operation().run(sandbox.services());
      sandbox.restart();
      found.addAll(oracle.afterRetry(sandbox, retry));
    }
    if (unforced.isPresent()) {
      try (Sandbox afterPowerCut = prepared.on(unforced.get().open())) {
        List<String> later = new ArrayList<>();
        settles(afterPowerCut, ending, later);
        later.forEach(v -> found.add("and then a power cut: " + v));
      }
    }
    return found;
  }

  /** Whether the next command finishes or undoes what was left. */
  private boolean settles(Sandbox sandbox, Ending ending, List<String> found) throws IOException {
    sandbox.withFreshIds().clock().advance(Sweep.PAUSE);
    Ending recovery = Ending.of(() -> new Commands(sandbox.services()).resume());
    sandbox.restart();
    if (recovery.kind() != Ending.Kind.DONE) {
      found.add("what was interrupted is not finished by the next command: " + recovery);
      return false;
    }
    found.addAll(oracle.atRest(sandbox, ending, Fault.Aftermath.HEALS));
    return true;
  }
}
