package dev.stravinsky.update;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.BackupStore.Prepared;
import dev.stravinsky.api.error.StravinskyException;
import java.io.IOException;
import java.util.Optional;

/**
 * The backup before an update, made while the checks of other processes are waited for. Nobody sees
 * it before they have passed, and nothing stays of it if they do not.
 */
final class BackupAhead implements AutoCloseable {
  private final Services services;
  private final LiveState live;
  private final Progress progress;
  private Optional<Prepared> prepared = Optional.empty();

  BackupAhead(Services services, LiveState live, Progress progress) {
    this.services = services;
    this.live = live;
    this.progress = progress;
  }

  /** Makes it now; what fails here fails again in its turn, and is told there. */
  void prepare() {
    try {
      if (services.settings().update().autoBackupBeforeUpdate()) {
        prepared = Optional.of(make());
      }
    } catch (IOException | StravinskyException e) {
      prepared = Optional.empty();
    }
  }

  /** The backup, made now if it was not before. */
  Backup publish() throws IOException {
    if (prepared.isEmpty()) {
      prepared = Optional.of(make());
    }
    return prepared.get().publish();
  }

  private Prepared make() throws IOException {
    return services.backups().prepare(live.backupAs(BackupReason.PRE_UPDATE), progress);
  }

  /** What cannot be removed is swept by the next command; the result was decided before. */
  @Override
  public void close() {
    prepared.ifPresent(backup -> Disposal.attempt(backup::close));
  }
}
