package dev.stravinsky.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.platform.PlatformFiles.Capabilities;
import dev.stravinsky.api.update.GuardRequest;
import dev.stravinsky.api.update.GuardRequest.Cause;
import dev.stravinsky.api.update.GuardRequest.Ended;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.Tree;
import dev.stravinsky.testkit.contract.InstalledSandbox;
import dev.stravinsky.testkit.crash.CrashPoint;
import dev.stravinsky.testkit.crash.CrashRecording;
import dev.stravinsky.testkit.crash.DiskImage;
import dev.stravinsky.testkit.crash.Loss;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FaultPlan.Verdict;
import dev.stravinsky.testkit.fs.FileOperation;
import dev.stravinsky.testkit.fs.ProcessKilledError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A kill, and a failure, at every operation of a guard that changes something, the program's too:
 * after the next command all is as before, or all as a program left it that ended well.
 */
final class GuardCrashTest extends InstalledSandbox {
  private static final int MORE_THAN_ENOUGH = 3000;

  /** A prime with which the points of every part are met; 1 for all. */
  private static final int STEP = Integer.getInteger("stravinsky.guard.step", 7);

  private SortedMap<String, String> before;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @BeforeEach
  void install() throws IOException {
    // No reserve, which every copy of the world would copy too.
    sandbox.settings("{\"safety\": {\"disk_space_threshold_mb\": 1000000}}");
    update(firstRelease(), "v1");
    writeOwnHook();
    before = live();
    sandbox.restart();
  }

  @Test
  void guard_killedAnywhereWithAFailingProgram_oldState() throws IOException {
    int points = 0;
    for (int at = 1; at < MORE_THAN_ENOUGH; at += STEP) {
      try (Sandbox world = sandbox.copy()) {
        if (!dies(world, at, () -> guard(world, 1))) {
          break;
        }
        points++;
        recover(world);
        assertWhole(world, "killed at " + at, false);
      }
    }
    System.out.println("guard, program fails: " + points + " crash points");
    assertThat(points * STEP).isGreaterThan(50);
  }

  @Test
  void guard_killedAnywhereWithAGoodProgram_oldOrNewState() throws IOException {
    int points = 0;
    int finished = 0;
    for (int at = 1; at < MORE_THAN_ENOUGH; at += STEP) {
      try (Sandbox world = sandbox.copy()) {
        if (!dies(world, at, () -> guard(world, 0))) {
          break;
        }
        points++;
        recover(world);
        finished += assertWhole(world, "killed at " + at, true) ? 1 : 0;
      }
    }
    System.out.println(
        "guard, program ends well: " + points + " crash points, " + finished + " finished");
    assertThat(finished).isBetween(1, points - 1);
  }

  /** Without one call that forces a whole file system each file is forced. */
  @Test
  void guard_powerCutAnywhereWithoutSyncfs_oldOrNewState() throws IOException {
    sandbox.withCapabilities(new Capabilities(true, true, false, true));

    guard_powerCutAnywhere_oldOrNewState(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void guard_powerCutAnywhere_oldOrNewState(int status) throws IOException {
    List<CrashPoint> points;
    try (Sandbox world = sandbox.copy()) {
      CrashRecording recording = CrashRecording.begin(world.faults());
      guard(world, status);
      world.restart();
      points = recording.end();
    }
    Set<String> seen = new HashSet<>();
    int finished = 0;
    for (int at = points.size() - 1; at >= 0; at -= STEP) {
      CrashPoint point = points.get(at);
      for (Loss loss : STEP == 1 ? point.losses() : point.usualLosses()) {
        DiskImage disk = point.after(loss);
        if (seen.add(disk.digest())) {
          try (Sandbox world = sandbox.on(disk.open())) {
            world.withFreshIds().services().updater().resume(Scope.USER);
            String where = "power cut at " + point.place() + ", losing " + loss;
            finished += assertWhole(world, where, status == 0) ? 1 : 0;
          }
        }
      }
    }
    System.out.println(
        "guard, program ends with "
            + status
            + ": "
            + seen.size()
            + " states after a power cut, "
            + finished
            + " finished");
    assertThat(seen.size() * STEP).isGreaterThan(100);
    assertThat(finished > 0).isEqualTo(status == 0);
  }

  @Test
  void recovery_killedAnywhere_oldState() throws IOException {
    int points = 0;
    for (int at = 1; at < MORE_THAN_ENOUGH; at += STEP) {
      try (Sandbox world = sandbox.copy()) {
        assertThat(diesWhere(world, GuardCrashTest::isLastOfTheProgram, () -> guard(world, 1)))
            .isTrue();
        world.restartAfterKill();
        if (!dies(world, at, () -> world.services().updater().resume(Scope.USER))) {
          break;
        }
        points++;
        recover(world);
        assertWhole(world, "killed again at " + at, false);
      }
    }
    System.out.println("recovery of a guard: " + points + " crash points");
    assertThat(points * STEP).isGreaterThan(30);
  }

  @ParameterizedTest
  @EnumSource(names = {"EIO", "ENOSPC"})
  void guard_anyOperationFails_oldOrNewState(Errno errno) throws IOException {
    int points = 0;
    for (int at = 1; at < MORE_THAN_ENOUGH; at += STEP) {
      try (Sandbox world = sandbox.copy()) {
        AtomicInteger count = new AtomicInteger();
        int number = at;
        world
            .faults()
            .plan(
                operation ->
                    operation.kind().changes() && count.incrementAndGet() == number
                        ? new Verdict.Fail(errno)
                        : new Verdict.Proceed());
        try {
          guard(world, 0);
        } catch (IOException | StravinskyException e) {
          // What it says is others' matter; what it leaves is looked at.
        }
        boolean met = count.get() >= at;
        world.faults().plan(FaultPlan.NONE);
        if (!met) {
          break;
        }
        points++;
        world.restart().services().updater().resume(Scope.USER);
        assertWhole(world, errno + " at " + at, true);
      }
    }
    System.out.println("guard, " + errno + ": " + points + " operations");
    assertThat(points * STEP).isGreaterThan(50);
  }

  /** True if the new state is in force. */
  private boolean assertWhole(Sandbox world, String where, boolean mayBeNew) throws IOException {
    SortedMap<String, String> now = Tree.of(world.claude());
    assertThat(world.services().transactions().interrupted()).as(where).isEmpty();
    assertThat(world.services().audit().verify(Optional.empty()).intact()).as(where).isTrue();
    EventQuery successes = EventQuery.ALL.withType(EventType.GUARD_SUCCESS);
    boolean told = !world.services().audit().query(successes).isEmpty();
    if (mayBeNew && !now.equals(before)) {
      assertThat(now).as(where).isEqualTo(afterwards());
      assertThat(told).as(where).isTrue();
      return true;
    }
    assertThat(now).as(where).isEqualTo(before);
    assertThat(told).as(where).isFalse();
    return false;
  }

  private SortedMap<String, String> afterwards() throws IOException {
    try (Sandbox world = sandbox.copy()) {
      work(world);
      return Tree.of(world.claude());
    }
  }

  private static void recover(Sandbox world) throws IOException {
    world.restartAfterKill();
    world.services().updater().resume(Scope.USER);
  }

  private static void guard(Sandbox world, int status) throws IOException {
    GuardRequest request =
        new GuardRequest(
            Scope.USER,
            List.of("installer"),
            variables -> {
              work(world);
              return new Ended(status, Cause.ITSELF);
            },
            Set.of(),
            false,
            text -> text);
    world.services().guard().run(request, Progress.NONE);
  }

  private static void work(Sandbox world) throws IOException {
    Files.delete(world.claude().resolve("hooks/deep/only-in-v1.sh"));
    Files.delete(world.claude().resolve("hooks/deep"));
    world.write(world.claude().resolve("hooks/own.sh"), "#!/bin/sh\n# theirs\n");
    world.write(world.claude().resolve("agents/new.md"), "---\nname: n\ndescription: d\n---\n");
    world.write(world.claude().resolve("commands/last.md"), "The last one.\n");
  }

  private static boolean isLastOfTheProgram(FileOperation operation) {
    return operation.kind().changes() && operation.path().endsWith("last.md");
  }

  private static boolean dies(Sandbox world, int at, Step step) throws IOException {
    AtomicInteger count = new AtomicInteger();
    return diesWhere(world, o -> o.kind().changes() && count.incrementAndGet() == at, step);
  }

  private static boolean diesWhere(Sandbox world, Predicate<FileOperation> where, Step step)
      throws IOException {
    world.faults().plan(o -> where.test(o) ? new Verdict.Die() : new Verdict.Proceed());
    try {
      step.run();
      return false;
    } catch (ProcessKilledError e) {
      return true;
    } finally {
      world.faults().plan(FaultPlan.NONE);
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }
}
