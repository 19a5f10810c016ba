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
 * @param lost what was asked for and is damaged in the source; empty unless a partial recovery was
 *     asked for
 * @param doubts damage of the source to what nobody can name, in a partial recovery
 * @param warnings what could not be cleaned up, and what others wrote meanwhile
 * @param dryRun whether nothing was done
 */
public record RecoveryResult(
    BackupId source,
    Version version,
    List<Path> restored,
    Optional<BackupId> replaced,
    List<Lost> lost,
    List<Problem> doubts,
    List<Problem> warnings,
    boolean dryRun,
    Duration took) {
  public RecoveryResult {
    restored = List.copyOf(restored);
    lost = List.copyOf(lost);
    doubts = List.copyOf(doubts);
    warnings = List.copyOf(warnings);
  }

  /** Whether the source gave everything that was asked for, as far as anybody knows. */
  public boolean isWhole() {
    return lost.isEmpty() && doubts.isEmpty();
  }

  /**
   * A file that the source should have and cannot give.
   *
   * @param file where it would have come back
   * @param why what is wrong, as a part of a sentence
   * @param older the next older intact backup that has it
   */
  public record Lost(Path file, String why, Optional<BackupId> older) {}
}
