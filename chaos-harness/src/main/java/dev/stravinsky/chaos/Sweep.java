package dev.stravinsky.chaos;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.SandboxClock;
import dev.stravinsky.testkit.crash.CrashPoint;
import dev.stravinsky.testkit.crash.CrashRecording;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that can happen to one command: a power cut in place of each operation that changes
 * something, with each loss; a second one in place of each operation of what recovers from it; and
 * each error in each place.
 *
 * @param depth how thorough
 */
record Sweep(Operation operation, Depth depth) {
  /** Commands of one trial are typed so far apart. */
  static final Duration PAUSE = Duration.ofMinutes(1);

  private static final Instant NOON = SandboxClock.START.plus(Duration.ofHours(1));

  /** How thorough. */
  enum Depth {
    /** What a build has the time for: of a second crash, that all is lost that was not forced. */
    BUILD,
    /** Every second crash with every loss. */
    ALL
  }

  SweepReport run() throws IOException {
    try (Sandbox prepared = Sandbox.inMemory()) {
      operation.prepare(prepared);
      prepared.restart();
      prepared.clock().stopAt(NOON);
      CleanRun clean = CleanRun.of(operation, prepared);
      List<CrashPoint> points = record(prepared);
      CrashTrials crashes = new CrashTrials(clean, prepared, depth);
      crashes.run(points);
      FaultTrials faults = new FaultTrials(clean, prepared, depth);
      faults.run();
      List<String> violations = new ArrayList<>(crashes.violations());
      violations.addAll(faults.violations());
      return new SweepReport(
          operation,
          points.size(),
          crashes.pointsTried(),
          crashes.states(),
          crashes.secondStates(),
          faults.planned(),
          faults.fired(),
          violations);
    }
  }

  /** The clean run once more, this time as changes to inodes. */
  private List<CrashPoint> record(Sandbox prepared) throws IOException {
    try (Sandbox sandbox = prepared.copy()) {
      CrashRecording recording = CrashRecording.begin(sandbox.faults());
      Ending ending = operation.run(sandbox.services());
      sandbox.restart();
      List<CrashPoint> points = recording.end();
      if (ending.kind() != Ending.Kind.DONE) {
        throw new IllegalStateException("the recorded run failed: " + ending);
      }
      return points;
    }
  }
}
