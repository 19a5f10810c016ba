package dev.stravinsky.chaos;

import dev.stravinsky.chaos.Cell.Trials;
import dev.stravinsky.chaos.ground.Ground;
import dev.stravinsky.testkit.fs.Errno;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is tried: every operation with every kind of fault, or why not. */
final class Matrix {
  private Matrix() {}

  /** Every cell in memory, the empty ones too, operation by operation. */
  static List<Cell> all() {
    return all(Ground.MEMORY);
  }

  /** Every cell there, the empty ones too, operation by operation. */
  static List<Cell> all(Ground ground) {
    List<Cell> all = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      Arrays.stream(FaultKind.values()).map(k -> cell(operation, k, ground)).forEach(all::add);
    }
    return all;
  }

  static Cell cell(Operation operation, FaultKind kind) {
    return cell(operation, kind, Ground.MEMORY);
  }

  static Cell cell(Operation operation, FaultKind kind, Ground ground) {
    Trials trials =
        operation
            .cannotMeet(kind)
            .or(() -> Gaps.on(ground, kind))
            .<Trials>map(Trials.Nothing::new)
            .orElseGet(() -> trials(operation, kind));
    return new Cell(operation, kind, trials);
  }

  private static Trials trials(Operation operation, FaultKind kind) {
    if (kind == FaultKind.POWER_CUT) {
      return new Trials.PowerCuts();
    }
    if (kind == FaultKind.INDEX) {
      return new Trials.Indexes();
    }
    if (kind == FaultKind.PLUGIN_MEMORY) {
      return new Trials.HungryPlugins();
    }
    return new Trials.Strikes(
        switch (kind) {
          case DISK_FULL -> OperationFaults.failing(Errno.ENOSPC);
          case DISK_STAYS_FULL -> OperationFaults.fullFromThereOn();
          case IO_ERROR -> OperationFaults.failing(Errno.EIO);
          case READ_ERROR -> OperationFaults.failingToRead(Errno.EIO);
          case PERMISSION -> OperationFaults.failing(Errno.EACCES);
          case READ_ONLY -> OperationFaults.readOnlyFromThereOn();
          case NO_HANDLES -> OperationFaults.failingToOpen(Errno.EMFILE);
          case SHORT_WRITE -> OperationFaults.shortWrites();
          case SHORT_THEN_KILLED -> OperationFaults.shortWritesAndKilled();
          case SLOW_DISK -> OperationFaults.slow();
          case KILLED -> OperationFaults.killed();
          case POWER_CUT, INDEX, PLUGIN_MEMORY ->
              throw new IllegalArgumentException(kind + " strikes otherwise");
          case LOCK_HELD -> LockFaults.held();
          case LOCK_LEFT -> LockFaults.ownerDied();
          case LOCK_POSIX -> ForeignLocks.posix();
          case LOCK_FLOCK -> ForeignLocks.flock();
          case FOREIGN_WRITE -> ForeignWrites.inTheMidst();
          case EVENT_BETWEEN -> EventBetween.anywhere();
          case SECOND_COMMAND -> LockFaults.secondCommand(operation);
          case ARCHIVE -> DamageFaults.atRest("backups/*/*.tar.gz");
          case MANIFEST -> DamageFaults.atRest("backups/*/manifest.json");
          case CHECKSUMS -> DamageFaults.atRest("backups/*/SHA256SUMS");
          case POINTER -> DamageFaults.atRest("backups/latest.json");
          case MERGE_BASE -> DamageFaults.atRest("releases/**");
          case CONFIG -> DamageFaults.atRest("config.json");
          case AUDIT_LOG -> DamageFaults.atRest("audit/operations.log");
          case AUDIT_HEAD -> DamageFaults.atRest("audit/head.json");
          case STAGED -> DamageFaults.staged(operation);
          case JOURNAL -> JournalFault.killedAndDamaged();
          case CLOCK_BACK -> ClockFaults.back();
          case CLOCK_2038 -> ClockFaults.to2038();
          case CLOCK_LEAP -> ClockFaults.leap();
          case NET_LATENCY -> NetworkFaults.latency();
          case NET_BANDWIDTH -> NetworkFaults.bandwidth();
          case NET_SLOW_CLOSE -> NetworkFaults.slowClose();
          case NET_TIMEOUT -> NetworkFaults.timeout();
          case NET_RESET -> NetworkFaults.reset();
          case NET_SLICED -> NetworkFaults.sliced();
          case NET_LIMIT -> NetworkFaults.limit();
          case NET_REFUSED -> NetworkFaults.refused();
        });
  }
}
