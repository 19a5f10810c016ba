package dev.stravinsky.update;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.transaction.Transactions.Recovered;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Ends the transactions that a crash interrupted. */
final class Interrupted {
  private final Services services;

  Interrupted(Services services) {
    this.services = services;
  }

  /** Takes the lock if there is something to end. */
  List<Recovered> finish() throws IOException {
    if (reachable().isEmpty()) {
      return List.of();
    }
    List<Target> targets = new ArrayList<>();
    for (TransactionRecord each : reachable()) {
      targets.addAll(services.targets().of(each.scope()));
    }
    try (Lease lock = services.transactions().lock(targets, LockMode.EXCLUSIVE)) {
      return finishLocked();
    }
  }

  /** The caller holds the lock. */
  List<Recovered> finishLocked() throws IOException {
    List<Recovered> ended = new ArrayList<>();
    for (TransactionRecord each : reachable()) {
      ended.add(services.transactions().recover(each, new VersionCompletion(services)));
    }
    return ended;
  }

  /** A project that is not there now (an unmounted disk) keeps its transaction until it is back. */
  private List<TransactionRecord> reachable() throws IOException {
    return services.transactions().interrupted().stream()
        .filter(t -> !(t.scope() instanceof Scope.Project p) || Files.isDirectory(p.root()))
        .toList();
  }
}
