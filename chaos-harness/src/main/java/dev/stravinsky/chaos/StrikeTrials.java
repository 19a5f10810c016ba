package dev.stravinsky.chaos;

import dev.stravinsky.chaos.Fault.Aftermath;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.crash.CrashPoint;
import dev.stravinsky.testkit.crash.CrashRecording;
import dev.stravinsky.testkit.crash.DiskImage;
import dev.stravinsky.testkit.crash.Loss;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Lets a fault strike in its places, each on a copy of the prepared world. */
final class StrikeTrials {
  /** Commands of one trial are typed so far apart. */
  static final Duration PAUSE = Duration.ofMinutes(1);

  private final World world;
  private final FaultKind kind;
  private final Fault fault;
  private final Oracle oracle;
  private final List<Strike> strikes;

  StrikeTrials(World world, FaultKind kind, Fault fault, long seed) throws IOException {
    this.world = world;
    this.kind = kind;
    this.fault = fault;
    this.oracle = new Oracle(world.clean());
    this.strikes = fault.places().in(world.prepared(), world.clean(), new Random(seed));
  }

  /** In how many places it can strike. */
  int places() {
    return strikes.size();
  }

  /** Where that is. */
  String place(int number) {
    return strikes.get(number).position();
  }

  /**
   * Strikes once. A fault of the harness itself is told as a violation too: it must not pass for a
   * fault that was survived.
   *
   * @param retried whether the command is typed again in the end
   */
  Trial strike(int number, boolean retried, Watcher watcher) {
    Strike strike = strikes.get(number);
    List<String> violations = new ArrayList<>();
    boolean fired = false;
    try (Sandbox sandbox = world.copy()) {
      watcher.begin(sandbox);
      Optional<CrashRecording> recording =
          strike.refusesForce() && world.canBeRecorded()
              ? Optional.of(CrashRecording.begin(sandbox.faults()))
              : Optional.empty();
      strike.arm(sandbox);
      boolean damaged = fault.aftermath() == Aftermath.STAYS_DAMAGED;
      boolean verified = damaged && !StoredBytes.verifying(sandbox).isEmpty();
      Ending ending = world.operation().run(sandbox.services());
      fired = strike.fired(sandbox);
      watcher.after("the command", ending, sandbox);
      strike.disarm(sandbox);
      boolean killed = sandbox.faults().isDead();
      if (killed) {
        sandbox.restartAfterKill();
      } else {
        sandbox.restart();
      }
      Optional<DiskImage> unforced = unforced(recording);
      boolean undoes = world.operation().isCrashRecovery();
      if (strike.forbids(world.operation()) && ending.kind() == Ending.Kind.DONE) {
        violations.add("done although somebody else has the lock: " + ending);
      }
      if (strike.isToBeGotOver() && ending.kind() != Ending.Kind.DONE) {
        violations.add("gave up for nothing: " + ending);
      }
      if (ending.kind() == Ending.Kind.CRITICAL && !strike.lasts() && !undoes) {
        violations.add("neither done nor undone, for a nuisance that was over: " + ending);
      }
      if (damaged) {
        violations.addAll(oracle.trusted(sandbox, ending, verified));
      }
      violations.addAll(examine(sandbox, ending, killed, retried, watcher));
      violations.addAll(oracle.kept(sandbox, strike.brought(), strike.mustStayLive()));
      if (unforced.isPresent()) {
        violations.addAll(afterPowerCut(unforced.get(), ending));
      }
    } catch (IOException | RuntimeException e) {
      violations.add("the harness itself failed: " + e);
    }
    TrialId id = new TrialId(world.operation(), kind, number);
    return new Trial(id, strike.position(), fired, violations);
  }

  /** What a force that failed did not bring to the disk will never be there. */
  private static Optional<DiskImage> unforced(Optional<CrashRecording> recording)
      throws IOException {
    if (recording.isEmpty()) {
      return Optional.empty();
    }
    CrashPoint end = recording.get().end().getLast();
    return Optional.of(end.after(new Loss.Everything()));
  }

  private List<String> examine(
      Sandbox sandbox, Ending ending, boolean killed, boolean retried, Watcher watcher)
      throws IOException {
    Aftermath aftermath = fault.aftermath();
    List<String> violations = new ArrayList<>();
    if (killed) {
      violations.addAll(oracle.afterKill(sandbox));
    } else if (saysNothingIsDone(ending) && !world.operation().isCrashRecovery()) {
      violations.addAll(oracle.notDone(sandbox, ending, aftermath));
    }
    if (aftermath == Aftermath.DOES_NOT_MATTER && ending.kind() != Ending.Kind.DONE) {
      violations.add("gave up for nothing: " + ending);
    }
    Ending recovery = recover(sandbox);
    watcher.after("the next command, which recovers first", recovery, sandbox);
    boolean recovered = recovery.kind() == Ending.Kind.DONE;
    if (aftermath == Aftermath.NEEDS_A_PERSON && !recovered) {
      violations.addAll(oracle.keepsBothSides(sandbox));
      return violations;
    }
    if (aftermath == Aftermath.STAYS_DAMAGED && world.operation().isCrashRecovery() && !recovered) {
      violations.addAll(oracle.waits(sandbox, recovery));
      return violations;
    }
    if (aftermath.passes() && !recovered) {
      violations.add("what was interrupted is not finished by the next command: " + recovery);
    }
    violations.addAll(oracle.atRest(sandbox, ending, aftermath));
    if (aftermath.passes() && recovered && retried) {
      sandbox.withFreshIds().clock().advance(PAUSE);
      Ending retry = world.operation().run(sandbox.services());
      watcher.after("the command again", retry, sandbox);
      sandbox.restart();
      violations.addAll(oracle.afterRetry(sandbox, retry));
    }
    return violations;
  }

  private static boolean saysNothingIsDone(Ending ending) {
    return ending.kind() == Ending.Kind.NOT_DONE || ending.kind() == Ending.Kind.LOCKED;
  }

  private List<String> afterPowerCut(DiskImage disk, Ending ending) throws IOException {
    List<String> violations = new ArrayList<>();
    try (Sandbox sandbox = world.on(disk)) {
      Ending recovery = recover(sandbox);
      if (recovery.kind() != Ending.Kind.DONE) {
        violations.add("and then a power cut: not finished by the next command: " + recovery);
      }
      oracle
          .atRest(sandbox, ending, Aftermath.HEALS)
          .forEach(v -> violations.add("and then a power cut: " + v));
    }
    return violations;
  }

  /** What every command does first. */
  private static Ending recover(Sandbox sandbox) throws IOException {
    sandbox.withFreshIds().clock().advance(PAUSE);
    Ending recovery = Ending.of(() -> new Commands(sandbox.services()).resume());
    sandbox.restart();
    return recovery;
  }
}
