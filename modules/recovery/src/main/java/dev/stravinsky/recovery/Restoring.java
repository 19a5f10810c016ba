package dev.stravinsky.recovery;

import dev.stravinsky.api.Services;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.Salvage;
import dev.stravinsky.api.recovery.Recovery.Options;
import dev.stravinsky.api.recovery.RecoveryResult;
import dev.stravinsky.api.update.Restoration;
import dev.stravinsky.api.update.RestoreRequest;
import dev.stravinsky.api.update.RestoreRequest.Extent;
import dev.stravinsky.api.update.RestoreRequest.Purpose;
import java.io.IOException;
import java.util.List;

/** Restores a selection through a transaction, and says what the source could not give. */
final class Restoring {
  private final Services services;
  private final Options options;

  Restoring(Services services, Options options) {
    this.services = services;
    this.options = options;
  }

  /** From a backup that is intact. */
  RecoveryResult from(Backup backup, Selection selection) throws IOException {
    return from(new Salvage(backup, List.of(), List.of()), selection);
  }

  RecoveryResult from(Salvage source, Selection selection) throws IOException {
    // Before anything is changed: what is lost depends on what is live.
    List<RecoveryResult.Lost> lost = new LostFiles(services, options.scope()).of(source, selection);
    Backup backup = source.backup();
    Restoration done =
        services
            .restorer()
            .restore(
                new RestoreRequest(
                    options.scope(),
                    backup,
                    selection::has,
                    Extent.SELECTED,
                    Purpose.RECOVERY,
                    options.dryRun()),
                options.progress());
    return new RecoveryResult(
        backup.id(),
        backup.manifest().version(),
        done.changes().stream().map(c -> c.path().resolveIn(c.target().root())).toList(),
        done.saved(),
        lost,
        source.nameless(),
        done.unfinished(),
        options.dryRun(),
        done.took());
  }
}
