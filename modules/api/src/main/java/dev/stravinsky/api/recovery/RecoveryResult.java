package dev.stravinsky.api.recovery;

import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.error.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a recovery did, or would do in a dry run.
 *
 * @param source the backup that the files came from
 * @param restored the files that were changed; empty if all were as in the backup already
 * @param replaced the backup that holds what was there before, if anything was replaced
 * @param warnings what could not be cleaned up, and what others wrote meanwhile
 * @param dryRun whether nothing was done
 */
public record RecoveryResult(
    BackupId source,
    Version version,
    List<Path> restored,
    Optional<BackupId> replaced,
    List<Problem> warnings,
    boolean dryRun,
    Duration took) {
  public RecoveryResult {
    restored = List.copyOf(restored);
    warnings = List.copyOf(warnings);
  }
}
