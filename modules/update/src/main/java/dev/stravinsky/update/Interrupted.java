package dev.stravinsky.update;

import dev.stravinsky.api.Order;
import dev.stravinsky.api.Places;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.BackupRequest;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.IoProblems;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.transaction.Transactions.Recovered;
import dev.stravinsky.api.update.Resumption;
import dev.stravinsky.api.update.Resumption.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Ends the transactions that a crash interrupted. One that cannot be ended blocks only the commands
 * that touch its targets: its project may be on a disk that is not mounted now.
 */
final class Interrupted {
  private final Services services;

  Interrupted(Services services) {
    this.services = services;
  }

  /** Takes the lock if there is something to end. */
  Resumption finish(Scope scope) throws IOException {
    if (services.transactions().interrupted().isEmpty()) {
      return new Resumption(List.of(), List.of());
    }
    List<Target> targets = services.targets().of(scope);
    try (Lease lock = services.transactions().lock(targets, LockMode.EXCLUSIVE)) {
      return finishLocked(scope, targets);
    }
  }

  /**
   * The caller holds the lock. What has to wait is no obstacle for the caller: it touches none of
   * these targets. Throws what {@code Transactions.recover} does for one that touches them.
   */
  Resumption finishLocked(Scope scope, List<Target> targets) throws IOException {
    List<Recovered> ended = new ArrayList<>();
    List<TransactionRecord> others = new ArrayList<>();
    for (TransactionRecord each : inOrder(services.transactions().interrupted())) {
      if (touches(each, scope, targets)) {
        ended.add(finishLocked(each));
      } else {
        others.add(each);
      }
    }
    List<Waiting> waiting = new ArrayList<>();
    for (TransactionRecord each : others) {
      Optional<Problem> obstacle = attempt(each, ended);
      obstacle.ifPresent(why -> waiting.add(new Waiting(each, why)));
    }
    Disposal.attempt(this::sweepBackups);
    return new Resumption(ended, waiting);
  }

  /** What puts a guarded program's files back is ended before the guard, which began it. */
  private static List<TransactionRecord> inOrder(List<TransactionRecord> interrupted) {
    return interrupted.stream()
        .sorted(Order.by((TransactionRecord each) -> isGuard(each)))
        .toList();
  }

  private static boolean isGuard(TransactionRecord transaction) {
    return transaction.kind().equals(VersionCompletion.Kinds.GUARD);
  }

  /** Why it has to wait, if it has to. */
  private Optional<Problem> attempt(TransactionRecord transaction, List<Recovered> ended) {
    try {
      if (transaction.scope() instanceof Scope.Project project
          && !Presence.isDirectory(project.root())) {
        return Optional.of(
            Problem.of(ErrorKind.UNKNOWN, "the project is not there now")
                .inFile(project.root())
                .leaving("it waits until the project is back")
                .next("stravinsky recovery emergency --abandon " + transaction.id()));
      }
      ended.add(finishLocked(transaction));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(IoProblems.of(e, services.environment().home().directory()));
    } catch (StravinskyException e) {
      return Optional.of(e.problems().getFirst());
    }
  }

  private static boolean touches(TransactionRecord each, Scope scope, List<Target> targets)
      throws IOException {
    if (each.scope().equals(scope)) {
      return true;
    }
    List<Path> places = new ArrayList<>(Places.of(each.targets()));
    places.addAll(each.files());
    return new Places().overlap(places, Places.of(targets));
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
    // Two homes can share a project, so that the home's lock alone keeps nobody out of it.
    try (Lease lock = services.transactions().lock(transaction.targets(), LockMode.EXCLUSIVE)) {
      if (isGuard(transaction)) {
        return new InterruptedGuard(services, transaction).end();
      }
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
}
