package dev.stravinsky.api.update;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.ServiceFactory;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.RetentionPlan;
import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.spi.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Changes versions: check, back up, stage, swap, verify, done or roll back.
 *
 * <p>Every method that changes something takes the lock, and first finishes or undoes what a crash
 * interrupted in the targets that it touches. Broken rules end in a {@link
 * dev.stravinsky.api.error.StravinskyException} with the old state live.
 */
public interface Updater {

  /** Found by {@link java.util.ServiceLoader}. */
  interface Factory extends ServiceFactory<Updater> {}

  UpdateResult update(UpdateRequest request, Progress progress) throws IOException;

  /** Reverts the scope's last change of version; called again, one further back. */
  RollbackResult undo(RollbackRequest request, Progress progress) throws IOException;

  /** Goes to any version or backup that is kept, backwards or forwards. */
  RollbackResult rollbackTo(String versionOrId, RollbackRequest request, Progress progress)
      throws IOException;

  /** Backs up the live state, if it is not backed up already. */
  default Backup backup(Scope scope, Progress progress) throws IOException {
    return backup(scope, progress, notKept -> {});
  }

  /**
   * The same.
   *
   * @param notKept told of each entry that no backup can have, a pipe, socket or device
   */
  Backup backup(Scope scope, Progress progress, Consumer<Path> notKept) throws IOException;

  /**
   * Deletes the backups that the settings do not keep, under the lock.
   *
   * @param keep how many to keep at most, instead of what the settings say
   * @return what was decided for each backup, also in a dry run
   */
  RetentionPlan cleanUp(Scope scope, OptionalInt keep, boolean dryRun) throws IOException;

  /**
   * Runs the checks of these phases on the configuration as it is now; changes nothing.
   *
   * @param only ids of the checks to run; empty for all
   * @throws dev.stravinsky.api.error.NotFoundException if there is no check of such an id
   */
  List<CheckReport> check(Scope scope, Set<Phase> phases, Set<String> only, boolean plugins)
      throws IOException;

  /**
   * Finishes or undoes every interrupted transaction; takes the lock if there is one. Where one
   * cannot be ended, it waits, unless it is the scope's or touches files of the scope's targets.
   *
   * @throws dev.stravinsky.api.error.StravinskyException if such a one cannot be ended, or a
   *     journal is damaged so that nobody knows which files it touches
   */
  Resumption resume(Scope scope) throws IOException;
}
