package dev.stravinsky.api.update;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import java.util.function.Predicate;

/**
 * What is to be restored.
 *
 * @param scope whose history the change belongs to
 * @param source the backup, verified by the caller
 * @param selection the entries to bring back
 * @param extent what happens to the files around them
 * @param purpose how the change of version is recorded
 * @param dryRun only say what would happen
 */
public record RestoreRequest(
    Scope scope,
    Backup source,
    Predicate<BackupEntry> selection,
    Extent extent,
    Purpose purpose,
    boolean dryRun) {

  /** What happens to the files around the selected ones. */
  public enum Extent {
    /** Only the selected entries; nothing is deleted. */
    SELECTED,
    /** The release's files become those of the backup; the user's own stay. */
    RELEASED,
    /** Everything becomes as in the backup, the user's own files too. */
    EXACT
  }

  /** How it counts in the history. */
  public enum Purpose {
    /** A change of version that {@code undo} can take back. */
    ROLLBACK,
    /** Takes the last change back. */
    UNDO,
    /** Files of the version in force come back; the version stays. */
    RECOVERY
  }
}
