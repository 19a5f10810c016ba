package dev.stravinsky.merge;

import dev.stravinsky.api.merge.MergePlan.Outcome;

/**
 * What becomes of one file by the rules alone, before the user's policy is asked.
 *
 * @param reason for people
 * @param takeable whether the new file could be installed all the same
 */
record Verdict(Outcome outcome, String reason, boolean takeable) {

  static Verdict of(Outcome outcome, String reason) {
    return new Verdict(outcome, reason, false);
  }

  /** The same with more of the reason, if there is any. */
  Verdict because(String more) {
    return more.isEmpty() ? this : new Verdict(outcome, reason + " (" + more + ")", takeable);
  }

  static Verdict conflict(String reason, boolean takeable) {
    return new Verdict(Outcome.CONFLICT, reason, takeable);
  }
}
