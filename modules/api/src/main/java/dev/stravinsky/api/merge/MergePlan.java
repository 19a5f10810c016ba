package dev.stravinsky.api.merge;

import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.transaction.Change;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an update does, file by file.
 *
 * @param changes what is to be changed in the targets
 * @param decisions one for each file that the release has or wants gone, and of its base; in order
 * @param released the entries that count as the release's afterwards; all others are the user's
 */
public record MergePlan(List<Change> changes, List<Decision> decisions, Set<TargetPath> released) {
  public MergePlan {
    changes = List.copyOf(changes);
    decisions = List.copyOf(decisions);
    released = Set.copyOf(released);
  }

  /** The decisions that a person has to look at. */
  public List<Decision> conflicts() {
    return decisions.stream().filter(d -> d.outcome() == Outcome.CONFLICT).toList();
  }

  /**
   * What becomes of one file, and why.
   *
   * @param reason for people
   * @param setAside where the new release's file can be read, if it is not installed
   */
  public record Decision(
      TargetPath place, Outcome outcome, String reason, Optional<Path> setAside) {}

  /** What becomes of a file. */
  public enum Outcome {
    UNCHANGED,
    CREATED,
    REPLACED,
    MERGED,
    DELETED,
    /** The user's file stays; the release has nothing new for it. */
    KEPT,
    /**
     * Both sides changed it in the same place: the user's stays, the new one is set aside. Of JSON
     * the keys stay that both changed, and there is a change that brings the others.
     */
    CONFLICT
  }
}
