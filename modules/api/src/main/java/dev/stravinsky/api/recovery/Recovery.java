package dev.stravinsky.api.recovery;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.ServiceFactory;
import dev.stravinsky.api.error.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Three levels of recovery (a file, a directory, a version) and the emergency procedure. Each goes
 * through a transaction, and what it replaces is backed up first.
 */
public interface Recovery {

  /** Found by {@link java.util.ServiceLoader}. */
  interface Factory extends ServiceFactory<Recovery> {}

  /**
   * Brings one file back from that version's backup; without a version from the newest backup that
   * has it, those of the version in force before all others.
   *
   * @param file absolute or relative to the working directory; need not exist any more
   * @throws dev.stravinsky.api.error.NotFoundException if no backup has it, naming those that do
   */
  RecoveryResult file(Path file, Optional<String> version, Options options) throws IOException;

  /** Brings back everything a backup has below a directory; files that it lacks stay. */
  RecoveryResult directory(Path directory, Optional<String> version, Options options)
      throws IOException;

  /**
   * Brings back everything that a version's newest intact backup has; the user's other files stay.
   */
  RecoveryResult version(String version, Options options) throws IOException;

  /**
   * Examines this machine: backups, journal, trail, space, modes.
   *
   * @param apply also do what is safe to do
   */
  Diagnosis emergency(Scope scope, boolean apply) throws IOException;

  /**
   * Closes an interrupted transaction that cannot be finished, keeping both sides, and the backup
   * of the new version if the transaction was committed or nobody knows that it was not. The trail
   * tells of it.
   *
   * @throws dev.stravinsky.api.error.NotFoundException if no interrupted transaction is called so
   */
  Abandoned abandon(String transactionId) throws IOException;

  /**
   * How a recovery is done.
   *
   * @param partial where no intact backup has what is wanted, take what is intact in a damaged one,
   *     also in one in quarantine, and name what is lost
   */
  record Options(Scope scope, boolean dryRun, boolean partial, Progress progress) {
    /** From intact backups only. */
    public Options(Scope scope, boolean dryRun, Progress progress) {
      this(scope, dryRun, false, progress);
    }
  }

  /**
   * How a transaction was closed.
   *
   * @param sides the files that are not live
   * @param backup the backup of the new version, if the transaction had got that far: its id, where
   *     it was published, or the folder in quarantine
   * @param warnings what could not be done besides
   */
  record Abandoned(List<Path> sides, Optional<String> backup, List<Problem> warnings) {
    public Abandoned {
      sides = List.copyOf(sides);
      warnings = List.copyOf(warnings);
    }
  }
}
