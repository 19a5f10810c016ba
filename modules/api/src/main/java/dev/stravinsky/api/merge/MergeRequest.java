package dev.stravinsky.api.merge;

import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.release.Release;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Three sides of a merge.
 *
 * @param base the release that is installed, as it was published; empty before the first
 * @param incoming the new release
 * @param live the targets as they are, each entry marked with its origin
 * @param policy what to do where both sides changed a file
 * @param scratch where merged files are written; need not exist, and is removed by the caller
 */
public record MergeRequest(
    Optional<Release> base,
    Release incoming,
    List<TargetView> live,
    ConflictPolicy policy,
    Path scratch) {
  public MergeRequest {
    live = List.copyOf(live);
  }

  /** What happens to a file that both sides changed in the same place. */
  public enum ConflictPolicy {
    /** The user's stays, the new file is set aside. Of JSON it is the key that stays. */
    KEEP,
    /** The new file is installed, of JSON the new value; the user's is in the backup. */
    TAKE,
    /** The update is blocked. */
    FAIL
  }
}
