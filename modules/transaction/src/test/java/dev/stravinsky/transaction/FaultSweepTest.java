package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.error.RollbackFailedException;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.ProcessKilledError;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A fault or a crash at every operation that changes something, one after the other, until a run
 * survives: afterwards every file is old, or every file is new.
 */
final class FaultSweepTest {
  private static final int MORE_THAN_ENOUGH = 2000;

  /** What a command does with its transaction. */
  enum Ending {
    COMMIT,
    UNDO
  }

  /** One run in a world of its own. */
  private static final class Run implements AutoCloseable {
    final Sandbox sandbox = Sandbox.inMemory();
    final TransactionWorld world;
    final SortedMap<String, EntryState> before;
    final SortedMap<String, EntryState> after;
    final Told told = new Told();

    Run(SwapWay way, boolean small) throws IOException {
      world = new TransactionWorld(sandbox, way::adapt).withUsualFiles();
      way.mount(world);
      Files.createDirectories(sandbox.home().directory());
      if (small) {
        world.put(world.hooks(), "deep/new.sh", "echo new", 0750);
        world.put(world.settings(), "settings.json", "{}", 0600);
        world.delete(world.hooks(), "lib/gone.py");
      } else {
        world.withUsualChanges().relink(world.hooks(), "link", "check.sh");
        world.makeDirectory(world.hooks(), "lib2", 0500);
      }
      before = world.live();
      after = world.expected(before);
      sandbox.faults().pretendFreeBytes(0); // No reserve: FullDiskTest is about that.
      world.transactions();
    }

    void plan(FaultPlan plan) {
      sandbox.faults().plan(plan);
    }

    void run(Ending ending) throws IOException {
      try (Transaction transaction = world.stage(told)) {
        transaction.swap();
        if (ending == Ending.COMMIT) {
          transaction.commit();
        } else {
          transaction.undo();
        }
      }
    }

    void recover() throws IOException {
      for (TransactionRecord each : world.transactions().interrupted()) {
        world.transactions().recover(each, told);
      }
    }

    /** Old or new as a whole, and nothing lies about. */
    void assertWhole(String where) throws IOException {
      SortedMap<String, EntryState> now = world.live();
      assertThat(now).as(where).isIn(before, after);
      assertThat(world.leftovers()).as(where).isEmpty();
      world.transactions().interrupted().forEach(r -> assertThat(r).as(where).isNull());
      if (told.calls().contains("committed")) {
        assertThat(now).as(where).isEqualTo(after);
      }
      if (told.calls().contains("undone")) {
        assertThat(now).as(where).isEqualTo(before);
      }
    }

    @Override
    public void close() throws IOException {
      plan(FaultPlan.NONE);
      sandbox.close();
    }
  }

  /** {@link PowerCutTest} does so for each way, losing nothing too. */
  @ParameterizedTest
  @EnumSource(names = "EXCHANGE")
  void commit_killedAnywhere_oldOrNew(SwapWay way) throws IOException {
    killAnywhere(way, Ending.COMMIT);
  }

  @Test
  void commit_contentsTakenAndKilledAnywhere_oldOrNew() throws IOException {
    killAnywhere(SwapWay.EXCHANGE, Ending.COMMIT, TransactionWorld::takingContents);
  }

  @ParameterizedTest
  @EnumSource(names = "EXCHANGE")
  void undo_killedAnywhere_old(SwapWay way) throws IOException {
    killAnywhere(way, Ending.UNDO);
  }

  @ParameterizedTest
  @EnumSource(names = {"EXCHANGE", "IN_PLACE"})
  void recover_killedAnywhereAgain_oldOrNew(SwapWay way) throws IOException {
    Set<Object> seen = new HashSet<>();
    for (int first = 1; first < MORE_THAN_ENOUGH; first++) {
      for (int second = 1; second < MORE_THAN_ENOUGH; second++) {
        try (Run run = new Run(way, true)) {
          if (!dies(run, FaultPlan.killAt(first), () -> run.run(Ending.COMMIT))) {
            assertThat(seen.size()).isGreaterThan(20);
            return;
          }
          run.world.restartAfterKill();
          if (second == 1 && !seen.add(TransactionWorld.tree(run.sandbox.userHome()))) {
            break; // The same on disk as after another crash.
          }
          boolean again = dies(run, FaultPlan.killAt(second), run::recover);
          run.plan(FaultPlan.NONE);
          if (again) {
            run.world.restartAfterKill();
            run.recover();
          }
          run.assertWhole("killed at " + first + ", then at " + second);
          if (!again) {
            break;
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SwapWay.class)
  void commit_ioErrorAnywhere_oldAndSaidSoOrNew(SwapWay way) throws IOException {
    failAnywhere(way, n -> FaultPlan.failAt(n, Errno.EIO));
  }

  @ParameterizedTest
  @EnumSource(SwapWay.class)
  void commit_diskFullFromAnywhereOn_oldAndSaidSoOrNew(SwapWay way) throws IOException {
    failAnywhere(way, FaultPlan::fullFrom);
  }

  @Test
  void commit_everythingFailsFromAnywhereOn_recoveryFindsOldOrNew() throws IOException {
    failAnywhere(SwapWay.EXCHANGE, n -> FaultPlan.failWhere(o -> o.number() >= n, Errno.EIO));
  }

  @Test
  void commit_ioErrorAnywhereAndThenADiskWithoutSpace_oldOrNew() throws IOException {
    failAnywhere(
        SwapWay.EXCHANGE, n -> FaultPlan.failAt(n, Errno.EIO).and(FaultPlan.fullFrom(n + 1)));
  }

  private static void killAnywhere(SwapWay way, Ending ending) throws IOException {
    killAnywhere(way, ending, world -> {});
  }

  private static void killAnywhere(SwapWay way, Ending ending, Consumer<TransactionWorld> with)
      throws IOException {
    for (int n = 1; n < MORE_THAN_ENOUGH; n++) {
      try (Run run = new Run(way, false)) {
        with.accept(run.world);
        boolean died = dies(run, FaultPlan.killAt(n), () -> run.run(ending));
        run.plan(FaultPlan.NONE);
        if (!died) {
          assertThat(n).isGreaterThan(20);
          assertThat(run.world.live()).isEqualTo(ending == Ending.COMMIT ? run.after : run.before);
          assertThat(run.world.journals()).isEmpty();
          return;
        }
        run.world.restartAfterKill();
        run.recover();
        run.assertWhole(way + " killed at " + n);
        if (ending == Ending.UNDO) {
          assertThat(run.world.live()).isEqualTo(run.before);
        }
        nothingIsLeftAfterTheNext(run);
      }
    }
  }

  /** The next transaction sweeps what a crash left where nothing was begun. */
  private static void nothingIsLeftAfterTheNext(Run run) throws IOException {
    run.world.close();
    TransactionWorld next = new TransactionWorld(run.sandbox, SwapWay.EXCHANGE::adapt);
    try (Transaction transaction = next.stage(new Told())) {
      transaction.swap();
      transaction.commit();
    }
    assertThat(next.journals()).isEmpty();
    assertThat(next.services().conflicts().list()).isEmpty();
  }

  private static void failAnywhere(SwapWay way, LongFunction<FaultPlan> plan) throws IOException {
    for (int n = 1; n < MORE_THAN_ENOUGH; n++) {
      try (Run run = new Run(way, false)) {
        run.plan(plan.apply(n));
        Exception failure = null;
        try {
          run.run(Ending.COMMIT);
        } catch (IOException | StravinskyException e) {
          failure = e;
        }
        boolean fired = run.sandbox.faults().injected() > 0;
        run.plan(FaultPlan.NONE);
        String where = way + " failed at " + n + " with " + failure;
        if (failure != null && !(failure instanceof RollbackFailedException)) {
          assertThat(run.world.live())
              .as(where)
              .satisfies(l -> l.keySet().removeIf(k -> k.contains(".stravinsky-")))
              .isEqualTo(run.before);
        }
        run.world.restart();
        run.recover();
        run.assertWhole(where);
        if (!fired) {
          assertThat(failure).isNull();
          assertThat(n).isGreaterThan(20);
          return;
        }
        if (failure == null) {
          assertThat(run.world.live()).as(where).isEqualTo(run.after);
        }
      }
    }
  }

  /** Something that may die. */
  @FunctionalInterface
  private interface Mortal {
    void live() throws IOException;
  }

  private static boolean dies(Run run, FaultPlan plan, Mortal mortal) throws IOException {
    run.plan(plan);
    try {
      mortal.live();
      return false;
    } catch (ProcessKilledError e) {
      return true;
    }
  }
}
