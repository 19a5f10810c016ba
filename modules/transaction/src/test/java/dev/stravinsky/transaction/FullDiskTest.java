package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.RollbackFailedException;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that is full from some moment on, and the reserve that helps out. */
final class FullDiskTest {
  private static final int MORE_THAN_ENOUGH = 1000;

  private static boolean takesSpace(FileOperation operation) {
    return operation.kind().takesSpace();
  }

  private static boolean hasReserve(Sandbox sandbox) {
    return Files.exists(sandbox.home().reserve());
  }

  @ParameterizedTest
  @EnumSource
  void commit_fullFromAnywhereOn_theReserveCarriesItThrough(SwapWay way) throws IOException {
    assertCarriedThrough(way, true);
  }

  @ParameterizedTest
  @EnumSource
  void undo_fullFromAnywhereOn_theReserveCarriesItThrough(SwapWay way) throws IOException {
    assertCarriedThrough(way, false);
  }

  private static void assertCarriedThrough(SwapWay way, boolean commit) throws IOException {
    int carried = 0;
    for (int n = 1; n < MORE_THAN_ENOUGH; n++) {
      try (Sandbox sandbox = Sandbox.inMemory();
          TransactionWorld world = new TransactionWorld(sandbox, way::adapt)) {
        world.withUsualFiles();
        SortedMap<String, EntryState> before = world.live();
        way.mount(world);
        world.withUsualChanges();
        Told told = new Told();
        try (Transaction transaction = world.stage(told)) {
          if (way == SwapWay.IN_PLACE || !commit) {
            transaction.swap(); // The copies that come first have the space check before them.
          }
          sandbox.faults().plan(untilReleased(sandbox, n));
          if (way != SwapWay.IN_PLACE && commit) {
            transaction.swap();
          }
          if (commit) {
            transaction.commit();
          } else {
            transaction.undo();
          }
          assertThat(transaction.unfinished()).as(way + ", full from " + n).isEmpty();
        }
        boolean fired = sandbox.faults().injected() > 0;
        sandbox.faults().plan(FaultPlan.NONE);
        assertThat(world.live()).isEqualTo(commit ? world.expected(before) : before);
        assertThat(world.leftovers()).isEmpty();
        assertThat(world.journals()).isEmpty();
        assertThat(hasReserve(sandbox)).isEqualTo(!fired);
        if (!fired) {
          assertThat(carried).isPositive();
          return;
        }
        carried++;
        world.restart().transactions();
        assertThat(hasReserve(sandbox)).as("made again by the next command").isTrue();
      }
    }
    throw new AssertionError("the plan fired again and again");
  }

  /** Full from the nth change on, for as long as the reserve is there. */
  private static FaultPlan untilReleased(Sandbox sandbox, long from) {
    Path file = sandbox.home().reserve();
    return FaultPlan.failWhere(
        o -> o.number() >= from && takesSpace(o) && isThere(sandbox, file), Errno.ENOSPC);
  }

  /** Past the plan, which is asking. */
  private static boolean isThere(Sandbox sandbox, Path file) {
    try {
      return sandbox.faults().undisturbed(() -> Files.exists(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void undo_fullAllTheSame_criticalAndBothSidesAreThere() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory();
        TransactionWorld world = new TransactionWorld(sandbox, e -> e).withUsualFiles()) {
      SortedMap<String, EntryState> before = world.live();
      world.withUsualChanges();
      Transaction transaction = world.stage(new Told());
      transaction.swap();
      sandbox
          .faults()
          .plan(FaultPlan.failWhere(o -> takesSpace(o) || o.kind() == Kind.EXCHANGE, Errno.ENOSPC));
      assertThatThrownBy(transaction::undo)
          .isInstanceOfSatisfying(
              RollbackFailedException.class,
              e -> assertThat(e.exitStatus()).isEqualTo(ExitStatus.CRITICAL));
      sandbox.faults().plan(FaultPlan.NONE);
      assertThat(hasReserve(sandbox)).isFalse();
      assertThat(world.hook("check.sh")).hasContent("echo new");
      assertThat(world.leftovers()).isNotEmpty();
      world.restart();
      TransactionRecord record = world.transactions().interrupted().getFirst();
      world.transactions().recover(record, new Told());
      assertThat(world.live()).isEqualTo(before);
    }
  }

  @Test
  void reserve_contentCannotBeCompressedAndIsForced() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory();
        TransactionWorld world = new TransactionWorld(sandbox, e -> e)) {
      sandbox.faults().trace(true);
      world.transactions();
      byte[] content = Files.readAllBytes(sandbox.home().reserve());
      assertThat(content).hasSize(4 * 1024 * 1024);
      var deflater = new java.util.zip.Deflater();
      deflater.setInput(content);
      deflater.finish();
      assertThat(deflater.deflate(new byte[content.length])).isGreaterThan(content.length * 9 / 10);
      deflater.end();
      assertThat(sandbox.faults().traced())
          .anySatisfy(
              o -> {
                assertThat(o.kind()).isEqualTo(Kind.FORCE);
                assertThat(o.path().getFileName()).hasToString(".reserve.tmp");
              })
          .anySatisfy(
              o -> {
                assertThat(o.kind()).isEqualTo(Kind.FORCE);
                assertThat(o.path()).isEqualTo(sandbox.home().directory());
              });
    }
  }

  @Test
  void reserve_littleSpace_isNotMade() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory();
        TransactionWorld world = new TransactionWorld(sandbox, e -> e)) {
      sandbox.settings("{\"safety\": {\"disk_space_threshold_mb\": 10}}");
      sandbox.faults().pretendFreeBytes(14 * 1024 * 1024 - 1);
      world.transactions();
      assertThat(hasReserve(sandbox)).isFalse();
      sandbox.faults().pretendFreeBytes(14 * 1024 * 1024);
      world.restart().transactions();
      assertThat(hasReserve(sandbox)).isTrue();
    }
  }

  @Test
  void reserve_cannotBeMade_stopsNothingAndLeavesNothing() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory();
        TransactionWorld world = new TransactionWorld(sandbox, e -> e)) {
      sandbox
          .faults()
          .plan(
              FaultPlan.failWhere(
                  o -> o.kind() == Kind.WRITE && o.path().endsWith(".reserve.tmp"), Errno.EIO));
      world.transactions();
      assertThat(sandbox.home().reserve()).doesNotExist();
      assertThat(sandbox.home().directory().resolve(".reserve.tmp")).doesNotExist();
    }
  }
}
