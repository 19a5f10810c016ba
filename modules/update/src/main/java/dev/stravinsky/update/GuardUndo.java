package dev.stravinsky.update;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.Backup.Extraction;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.BackupRequest;
import dev.stravinsky.api.error.ConcurrentChangeException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.IoProblems;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RollbackFailedException;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.transaction.Change;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.TransactionRequest;
import dev.stravinsky.api.update.RestoreRequest.Extent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Puts the state before a guarded program back, whatever the program left: looks what differs,
 * changes that in a transaction, and looks again, until nothing differs. So it may be begun anew at
 * any moment, and what ends it has been seen.
 */
final class GuardUndo {
  /** Obstacles lie below others, folder by folder; a program that still writes is given up on. */
  private static final int ROUNDS = 32;

  private final Services services;
  private final Scope scope;
  private final List<Target> targets;
  private final Surroundings around;
  private final Backup before;
  private final List<Problem> notes = new ArrayList<>();
  private Optional<BackupId> saved = Optional.empty();
  private boolean looked;

  GuardUndo(
      Services services, Scope scope, List<Target> targets, Surroundings around, Backup before) {
    this.services = services;
    this.scope = scope;
    this.targets = targets;
    this.around = around;
    this.before = before;
  }

  /** The backup of what was there instead, if anything was and it could be saved. */
  Optional<BackupId> saved() {
    return saved;
  }

  /** What people should know beside that. */
  List<Problem> notes() {
    return List.copyOf(notes);
  }

  /**
   * Returns when everything is as before.
   *
   * @throws RollbackFailedException if that cannot be reached; the backup stays
   * @throws IOException likewise, and it may be tried again
   */
  void run() throws IOException {
    List<Problem> last = List.of();
    try {
      for (int round = 0; round < ROUNDS; round++) {
        try {
          if (!changed()) {
            return;
          }
        } catch (ConcurrentChangeException e) {
          last = e.problems(); // Somebody still writes; perhaps not for long.
        }
      }
    } catch (RollbackFailedException e) {
      throw e;
    } catch (StravinskyException e) {
      throw failed(e.problems().getFirst(), e);
    }
    Problem still = Problem.of(ErrorKind.FILE_LOCKED, "files are still being changed");
    throw failed(last.stream().findFirst().orElse(still), null);
  }

  /** What a failure of {@link #run} means to people. */
  RollbackFailedException failed(IOException cause) {
    return failed(IoProblems.of(cause, services.environment().home().directory()), cause);
  }

  private RollbackFailedException failed(Problem why, Throwable cause) {
    return new RollbackFailedException(
        new Problem(
            why.kind(),
            "putting the state before back failed: " + why.message(),
            why.file(),
            why.line(),
            Optional.of("the state before is in backup " + before.id()),
            Optional.of("stravinsky status, when the cause is gone, puts it back")),
        cause);
  }

  /** False if nothing differs. */
  private boolean changed() throws IOException {
    Map<Target, Map<EntryPath, BackupEntry>> wanted = wanted();
    GuardObstacles closed = new GuardObstacles(scope, around);
    closed.addClosed(targets, wanted);
    if (!closed.changes().isEmpty()) {
      change(List.of(), closed.changes());
      return true;
    }
    GuardedState now = GuardedState.read(targets);
    GuardObstacles obstacles = new GuardObstacles(scope, around);
    obstacles.addAround();
    for (TargetView view : now.views()) {
      obstacles.addIn(view, wanted.get(view.target()));
    }
    if (!obstacles.changes().isEmpty()) {
      save(now);
      change(now.views(), obstacles.changes());
      return true;
    }
    return restored(now, wanted);
  }

  private boolean restored(GuardedState now, Map<Target, Map<EntryPath, BackupEntry>> wanted)
      throws IOException {
    RestorePlan plan = new RestorePlan(Extent.EXACT);
    for (TargetView view : now.views()) {
      plan.add(view, wanted.get(view.target()).values());
    }
    List<Change> changes = new ArrayList<>(surroundings(now));
    if (plan.steps().isEmpty() && changes.isEmpty()) {
      return false;
    }
    save(now);
    List<BackupEntry> contents =
        plan.steps().stream()
            .filter(RestorePlan.Step::needsContent)
            .flatMap(step -> step.entry().stream())
            .toList();
    Extraction extraction = before.extract(contents);
    try {
      plan.steps().forEach(s -> changes.add(s.change(s.entry().flatMap(extraction::content))));
      change(now.views(), changes);
    } finally {
      Disposal.attempt(extraction::close);
    }
    return true;
  }

  /** What the backup has of each target, in its order. */
  private Map<Target, Map<EntryPath, BackupEntry>> wanted() throws IOException {
    Map<Target, Map<EntryPath, BackupEntry>> wanted = new LinkedHashMap<>();
    targets.forEach(target -> wanted.put(target, new LinkedHashMap<>()));
    try (Stream<BackupEntry> entries = before.entries()) {
      entries.forEach(
          entry ->
              targets.stream()
                  .filter(t -> t.name().equals(entry.target()))
                  .filter(t -> t.scope().level().equals(entry.level()))
                  .forEach(t -> wanted.get(t).put(entry.path(), entry)));
    }
    return wanted;
  }

  private List<Change> surroundings(GuardedState now) throws IOException {
    List<Change> changes = new ArrayList<>();
    for (Map.Entry<Path, Integer> each : around.directories().entrySet()) {
      EntryState.Directory after = new EntryState.Directory(each.getValue());
      EntryState is = EntryStates.of(each.getKey());
      if (!is.equals(after)) {
        changes.add(
            new Change.MakeDirectory(
                GuardObstacles.alone(scope, each.getKey()),
                GuardObstacles.path(each.getKey()),
                is,
                after,
                Optional.empty()));
      }
    }
    for (Map.Entry<Path, EntryState.Link> each : around.links().entrySet()) {
      EntryState is = EntryStates.of(each.getKey());
      if (!is.equals(each.getValue())) {
        changes.add(
            new Change.Relink(
                GuardObstacles.alone(scope, each.getKey()),
                GuardObstacles.path(each.getKey()),
                is,
                each.getValue(),
                Optional.empty()));
      }
    }
    for (Target target : targets) {
      boolean empties = now.strange().stream().noneMatch(f -> f.startsWith(target.root()));
      if (target.isTree() && empties && !around.directories().containsKey(target.root())) {
        EntryState is = EntryStates.of(target.root());
        if (!is.equals(EntryState.ABSENT)) {
          changes.add(
              new Change.Delete(
                  GuardObstacles.alone(scope, target.root()),
                  GuardObstacles.path(target.root()),
                  is));
        }
      }
    }
    return changes;
  }

  private void change(List<TargetView> live, List<Change> changes) throws IOException {
    List<Target> touched = changes.stream().map(Change::target).distinct().toList();
    String version = before.manifest().version().value();
    TransactionRequest request =
        new TransactionRequest(
            scope,
            VersionCompletion.Kinds.GUARD_UNDO,
            live,
            changes,
            Map.of(
                VersionCompletion.FROM, version,
                VersionCompletion.TO, version,
                VersionCompletion.RESTORED, before.id().value()));
    try (Lease lock = services.transactions().lock(touched, LockMode.EXCLUSIVE);
        Transaction transaction =
            services.transactions().stage(request, new VersionCompletion(services))) {
      transaction.swap();
      transaction.commit();
      notes.addAll(Unfinished.of(transaction));
    } catch (IOException | RuntimeException e) {
      HiddenFailure.surface(e);
      throw e;
    }
  }

  /**
   * Backs up what is there instead, once: the program's work, and whatever somebody wrote beside
   * it. That this fails, for want of space or because it cannot be read, must not keep the state
   * before away.
   */
  private void save(GuardedState now) {
    if (looked) {
      return;
    }
    looked = true;
    now.strange()
        .forEach(
            file ->
                notes.add(
                    Problem.of(
                            ErrorKind.UNKNOWN,
                            "left where it is: neither a file, a link nor a directory")
                        .inFile(file)));
    try {
      for (Backup each : services.backups().list(scope)) {
        boolean same =
            each.manifest().reason() == BackupReason.PRE_RECOVERY
                && services.backups().compare(each, now.views()).isEmpty();
        if (same) {
          saved = Optional.of(each.id()); // By an undoing that was cut off.
          return;
        }
      }
      BackupRequest request =
          new BackupRequest(
              scope,
              before.manifest().version(),
              BackupReason.PRE_RECOVERY,
              now.views(),
              Optional.empty(),
              false);
      saved = Optional.of(services.backups().create(request, Progress.NONE).id());
    } catch (IOException | StravinskyException e) {
      notes.add(
          Problem.of(
              ErrorKind.UNKNOWN, "what was there instead could not be saved: " + e.getMessage()));
    }
  }
}
