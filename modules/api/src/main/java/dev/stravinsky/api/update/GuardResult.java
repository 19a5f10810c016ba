package dev.stravinsky.api.update;

import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.TextDifference;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.update.GuardRequest.Ended;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a guarded program ended. */
public sealed interface GuardResult {

  /**
   * The program ended well and no check blocks: what it did is in force.
   *
   * @param backup the backup of the state before
   * @param differences what it changed
   * @param warnings what checks had to say, and processes that it left behind
   */
  record Done(
      BackupId backup, List<TextDifference> differences, List<Problem> warnings, Duration took)
      implements GuardResult {
    public Done {
      differences = List.copyOf(differences);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The program failed, or a check blocks what it brought: the state before is back.
   *
   * @param ended how the program ended; empty if it could not be started
   * @param backup the backup that the state before came from
   * @param saved the backup of what the program had left, if it had changed anything and it could
   *     be saved
   * @param differences what it had changed
   * @param problems why, and what else people should know
   */
  record RolledBack(
      Optional<Ended> ended,
      BackupId backup,
      Optional<BackupId> saved,
      List<TextDifference> differences,
      List<Problem> problems,
      Duration took)
      implements GuardResult {
    public RolledBack {
      differences = List.copyOf(differences);
      problems = List.copyOf(problems);
    }
  }

  /** A check blocked it before the program was started. */
  record Blocked(List<Problem> problems) implements GuardResult {
    public Blocked {
      problems = List.copyOf(problems);
    }
  }
}
