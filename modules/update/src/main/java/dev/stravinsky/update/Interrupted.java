package dev.stravinsky.update;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.BackupRequest;
import dev.stravinsky.api.error.LockHeldException;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.transaction.Transactions.Recovered;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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

  /** The caller holds the home's lock, and those of its own targets. */
  List<Recovered> finishLocked() throws IOException {
    List<Recovered> ended = new ArrayList<>();
    for (TransactionRecord each : reachable()) {
      List<Target> targets = services.targets().of(each.scope());
      try (Lease lock = services.transactions().lock(targets, LockMode.EXCLUSIVE)) {
        ended.add(finishLocked(each));
      } catch (LockHeldException e) {
        continue; // Another home is at work there, so not the caller: it can wait.
      }
    }
    Disposal.attempt(this::sweepBackups);
    return ended;
  }

  /** What a kill left of backups; those of transactions that have to wait stay. */
  private void sweepBackups() throws IOException {
    services
        .backups()
        .sweep(
            services.transactions().interrupted().stream()
                .map(TransactionRecord::id)
                .collect(Collectors.toSet()));
  }

  private Recovered finishLocked(TransactionRecord transaction) throws IOException {
    List<String> notes = new ArrayList<>();
    Optional<BackupId> saved =
        services.transactions().writtenSince(transaction).isEmpty()
            ? Optional.empty()
            : save(transaction.scope(), notes);
    return services
        .transactions()
        .recover(transaction, new VersionCompletion(services, saved))
        .with(saved, notes);
  }

  /**
   * Backs up what somebody wrote since the crash. It stays live whatever comes, so that no space
   * for the backup, or a damaged list of what is installed, must not keep the rest from being
   * mended; the note says so.
   */
  private Optional<BackupId> save(Scope scope, List<String> notes) {
    try {
      LiveState live = LiveState.read(services, scope);
      for (Backup each : services.backups().list(scope)) {
        boolean same =
            each.manifest().reason() == BackupReason.PRE_RECOVERY
                && services.backups().compare(each, live.views()).isEmpty();
        if (same) {
          return Optional.of(each.id()); // By a recovery that was interrupted itself.
        }
      }
      BackupRequest request = live.backupAs(BackupReason.PRE_RECOVERY);
      return Optional.of(services.backups().create(request, Progress.NONE).id());
    } catch (IOException | StravinskyException e) {
      notes.add("what was changed since could not be backed up: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** A project that is not there now (an unmounted disk) keeps its transaction until it is back. */
  private List<TransactionRecord> reachable() throws IOException {
    return services.transactions().interrupted().stream()
        .filter(t -> !(t.scope() instanceof Scope.Project p) || Files.isDirectory(p.root()))
        .toList();
  }
}
