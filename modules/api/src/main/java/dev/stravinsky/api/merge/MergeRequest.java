package dev.stravinsky.api.merge;

import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.release.Release;
import java.util.List;
import java.util.Optional;

/**
 * Three sides of a merge.
 *
 * @param base the release that is installed, as it was published; empty before the first
 * @param incoming the new release
 * @param live the targets as they are, each entry marked with its origin
 * @param policy what to do where both sides changed a file
 */
public record MergeRequest(
    Optional<Release> base, Release incoming, List<TargetView> live, ConflictPolicy policy) {
  public MergeRequest {
    live = List.copyOf(live);
  }

  /** What happens to a file that both sides changed. */
  public enum ConflictPolicy {
    /** The user's file stays, the new one is set aside. */
    KEEP,
    /** The new file is installed; the user's is in the backup. */
    TAKE,
    /** The update is blocked. */
    FAIL
  }
}
