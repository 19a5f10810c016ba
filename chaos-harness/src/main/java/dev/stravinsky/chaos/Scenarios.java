package dev.stravinsky.chaos;

import dev.stravinsky.testkit.fs.Errno;
import java.util.ArrayList;
import java.util.List;

/** What is tried. */
final class Scenarios {
  private Scenarios() {}

  /** Every scenario, at every place; what the other commands meet is the {@link Sweep}'s. */
  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    for (Operation command : List.of(Operation.UPDATE, Operation.ROLLBACK)) {
      all.add(of(command, OperationFaults.failing("disk full for a moment", Errno.ENOSPC)));
      all.add(of(command, OperationFaults.fullFromThereOn("disk full from there on")));
      all.add(of(command, OperationFaults.failing("I/O error", Errno.EIO)));
      all.add(of(command, OperationFaults.failing("permission denied", Errno.EACCES)));
      all.add(of(command, OperationFaults.killed("killed")));
      all.add(of(command, LockFaults.held("lock held")));
      all.add(of(command, LockFaults.ownerDied("lock of a dead process")));
      all.add(of(command, LockFaults.secondCommand("second command", command)));
      all.add(of(command, DamageFaults.atRest("archive damaged", "backups/*/*.tar.gz")));
      all.add(of(command, DamageFaults.atRest("manifest damaged", "backups/*/manifest.json")));
      all.add(of(command, DamageFaults.atRest("checksums damaged", "backups/*/SHA256SUMS")));
      all.add(of(command, DamageFaults.atRest("version pointer damaged", "backups/latest.json")));
      all.add(of(command, DamageFaults.atRest("merge base damaged", "releases/**")));
      all.add(of(command, DamageFaults.atRest("config damaged", "config.json")));
      all.add(of(command, DamageFaults.atRest("audit log damaged", "audit/operations.log")));
      all.add(of(command, DamageFaults.atRest("audit head damaged", "audit/head.json")));
      all.add(of(command, DamageFaults.staged("staged file damaged", command)));
      all.add(of(command, JournalFault.killedAndDamaged("killed and journal damaged")));
    }
    return all;
  }

  private static Scenario of(Operation command, Fault fault) {
    return new Scenario(command, fault, Integer.MAX_VALUE);
  }
}
