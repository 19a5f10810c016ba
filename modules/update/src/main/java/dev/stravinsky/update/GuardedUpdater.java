package dev.stravinsky.update;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.RetentionPlan;
import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.api.check.CheckRequest;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.update.Resumption;
import dev.stravinsky.api.update.RollbackRequest;
import dev.stravinsky.api.update.RollbackResult;
import dev.stravinsky.api.update.UpdateRequest;
import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.api.update.Updater;
import dev.stravinsky.spi.Cancellation;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.update.CheckContexts.Incoming;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Each operation is a flow of its own; this only starts them. */
final class GuardedUpdater implements Updater {
  private final Services services;

  GuardedUpdater(Services services) {
    this.services = services;
  }

  @Override
  public UpdateResult update(UpdateRequest request, Progress progress) throws IOException {
    return new UpdateFlow(services, request, progress).run();
  }

  @Override
  public RollbackResult undo(RollbackRequest request, Progress progress) throws IOException {
    return new RollbackFlow(services, request, progress).undo();
  }

  @Override
  public RollbackResult rollbackTo(String versionOrId, RollbackRequest request, Progress progress)
      throws IOException {
    return new RollbackFlow(services, request, progress).to(versionOrId);
  }

  @Override
  public Backup backup(Scope scope, Progress progress, Consumer<Path> notKept) throws IOException {
    List<Target> targets = services.targets().backedUpWith(scope);
    try (Lease lock = services.transactions().lock(targets, LockMode.EXCLUSIVE)) {
      new Interrupted(services).finishLocked(scope, services.targets().of(scope));
      LiveState live = LiveState.read(services, scope);
      Backup backup = services.backups().create(live.backupAs(BackupReason.MANUAL), progress);
      live.views().forEach(view -> view.special().forEach(n -> notKept.accept(n.location())));
      return backup;
    }
  }

  @Override
  public RetentionPlan cleanUp(Scope scope, OptionalInt keep, boolean dryRun) throws IOException {
    if (dryRun) {
      try (Lease lock = services.transactions().lock(List.of(), LockMode.SHARED)) {
        return services.backups().planCleanup(scope, keep);
      }
    }
    List<Target> targets = services.targets().of(scope);
    try (Lease lock = services.transactions().lock(targets, LockMode.EXCLUSIVE)) {
      new Interrupted(services).finishLocked(scope, targets);
      services.backups().noteMissing(scope);
      RetentionPlan plan = services.backups().planCleanup(scope, keep);
      services.backups().cleanUp(plan);
      return plan;
    }
  }

  @Override
  public List<CheckReport> check(Scope scope, Set<Phase> phases, Set<String> only, boolean plugins)
      throws IOException {
    requireKnown(only, plugins);
    LiveState live = LiveState.read(services, scope);
    List<CheckReport> reports = new ArrayList<>();
    for (Phase phase : new TreeSet<>(phases)) {
      CheckContext context =
          CheckContexts.of(services, phase, live, live.views(), Incoming.NONE, Cancellation.NEVER);
      reports.add(
          services
              .checks()
              .run(new CheckRequest(context, Optional.empty(), only, Set.of(), plugins)));
    }
    return reports;
  }

  private void requireKnown(Set<String> only, boolean plugins) {
    List<String> known = services.checks().checkIds(false);
    if (plugins && !known.containsAll(only)) {
      known = services.checks().checkIds(true);
    }
    for (String id : only) {
      if (!known.contains(id)) {
        throw new NotFoundException(
            Problem.of(ErrorKind.UNKNOWN, "there is no check \"" + id + "\"; there are " + known)
                .leaving("nothing was checked")
                .next("stravinsky check"));
      }
    }
  }

  @Override
  public Resumption resume(Scope scope) throws IOException {
    return new Interrupted(services).finish(scope);
  }
}
