package dev.stravinsky.update;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.transaction.Transactions.Recovered;
import dev.stravinsky.api.update.RollbackRequest;
import dev.stravinsky.api.update.RollbackResult;
import dev.stravinsky.api.update.UpdateRequest;
import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.api.update.Updater;
import java.io.IOException;
import java.util.List;

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
  public Backup backup(Scope scope, Progress progress) throws IOException {
    try (Lease lock =
        services.transactions().lock(services.targets().backedUpWith(scope), LockMode.EXCLUSIVE)) {
      new Interrupted(services).finishLocked();
      return services
          .backups()
          .create(LiveState.read(services, scope).backupAs(BackupReason.MANUAL), progress);
    }
  }

  @Override
  public List<Recovered> resume() throws IOException {
    return new Interrupted(services).finish();
  }
}
