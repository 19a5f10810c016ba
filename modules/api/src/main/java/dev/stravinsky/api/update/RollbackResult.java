package dev.stravinsky.api.update;

import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.transaction.Change;
import java.time.Duration;
import java.util.List;

/** How a rollback ended. */
public sealed interface RollbackResult {

  /**
   * The old state is live and was compared with its backup.
   *
   * @param backup the {@code pre_rollback} backup that holds what was there before
   * @param changes what was changed
   * @param warnings what checks had to say of the restored state
   */
  record Done(
      Version from,
      Version to,
      BackupId restored,
      BackupId backup,
      List<Change> changes,
      List<Problem> warnings,
      Duration took)
      implements RollbackResult {}

  /** That version is in force already and nothing differs. */
  record AlreadyThere(Version version) implements RollbackResult {}

  /** What a real run would do. */
  record Planned(Version from, Version to, BackupId restoring, List<Change> changes)
      implements RollbackResult {}

  /** It failed; the state before the rollback is live. */
  record Failed(Version from, Version to, List<Problem> problems) implements RollbackResult {}
}
