package dev.stravinsky.api.update;

import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.transaction.Change;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a restoration did, or would do.
 *
 * @param from the version in force before
 * @param to the version in force after it
 * @param restored the backup that it came from
 * @param saved the backup that holds what was live before; empty if nothing was changed
 * @param changes what was changed
 * @param kept files of the user's that stayed although the backup has others at their place
 * @param unfinished what could not be cleaned up, and what others wrote meanwhile; the state that
 *     was restored is in force all the same
 */
public record Restoration(
    Version from,
    Version to,
    BackupId restored,
    Optional<BackupId> saved,
    List<Change> changes,
    List<Path> kept,
    List<Problem> unfinished,
    Duration took) {
  public Restoration {
    changes = List.copyOf(changes);
    kept = List.copyOf(kept);
    unfinished = List.copyOf(unfinished);
  }
}
