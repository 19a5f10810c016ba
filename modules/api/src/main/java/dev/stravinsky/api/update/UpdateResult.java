package dev.stravinsky.api.update;

import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.TextDifference;
import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.merge.MergePlan;
import dev.stravinsky.api.release.Offer;
import dev.stravinsky.api.release.Signature;
import dev.stravinsky.api.transaction.Conflicts.Conflict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How an update ended. */
public sealed interface UpdateResult {

  /**
   * The new version is live and proven.
   *
   * @param backup the backup of the state before; empty if it was switched off
   * @param conflicts files set aside by this update
   * @param ignored names in the release that belong to no target
   * @param warnings what checks and the clean-up had to say
   * @param signature who vouches for the release
   * @param offer what the channel that it is from says of it
   */
  record Updated(
      Version from,
      Version to,
      Optional<BackupId> backup,
      MergePlan plan,
      List<Conflict> conflicts,
      List<String> ignored,
      List<Problem> warnings,
      Duration took,
      Signature signature,
      Optional<Offer> offer)
      implements UpdateResult {}

  /** The version is installed already, and nothing in it would change. */
  record UpToDate(Version version) implements UpdateResult {}

  /**
   * What a real run would do; {@code refusals} is why it would be blocked, empty if it would not.
   *
   * @param differences what would change within files; empty if that was not asked for
   * @param signature who vouches for the release
   * @param offer what the channel that it is from says of it
   */
  record Planned(
      Version from,
      Version to,
      MergePlan plan,
      List<String> ignored,
      List<CheckReport> checks,
      List<Problem> refusals,
      List<String> swapModes,
      List<TextDifference> differences,
      Signature signature,
      Optional<Offer> offer)
      implements UpdateResult {}

  /** A check or a conflict blocked it; nothing was changed. */
  record Blocked(Version from, Version to, List<Problem> problems) implements UpdateResult {}

  /** It failed before anything was changed, or in the swap, which was undone. */
  record Failed(Version from, Version to, List<Problem> problems) implements UpdateResult {}

  /** The new state did not pass its verification; the old one is back. */
  record RolledBack(Version from, Version to, List<Problem> problems, Duration took)
      implements UpdateResult {}

  /**
   * The new state did not pass its verification and stays, because the settings or the kind of
   * error say so; exit status 1, and the next command is named.
   */
  record LeftAsIs(Version from, Version to, List<Problem> problems) implements UpdateResult {}
}
