package dev.stravinsky.merge;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.merge.MergePlan.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The rules for one file: what the installed release published (base), what the new one has
 * (incoming), what the user has (live). What the user made stays; what only the release changed
 * follows the release; where both did, a person decides.
 */
final class FileRules {
  private FileRules() {}

  /** For a file of the new release. */
  static Verdict incoming(Optional<EntryState> base, EntryState incoming, LiveEntry live)
      throws IOException {
    boolean nothingNew = base.filter(incoming::equals).isPresent();
    if (!live.obstacle().isEmpty()) {
      return nothingNew
          ? Verdict.of(Outcome.KEPT, live.obstacle() + "; the release has nothing new for it")
          : Verdict.conflict(live.obstacle(), false);
    }
    if (live.absent()) {
      return missing(base, nothingNew);
    }
    if (live.shows(incoming)) {
      return Verdict.of(Outcome.UNCHANGED, "is as the release has it");
    }
    if (nothingNew) {
      return Verdict.of(Outcome.KEPT, "you changed it; the release did not");
    }
    if (!live.canBecome(incoming)) {
      return Verdict.conflict("there is a link where the release has a file", false);
    }
    if (base.isEmpty()) {
      return Verdict.conflict("you have a file of this name and the release brings another", true);
    }
    return isUntouched(base.get(), incoming, live)
        ? Verdict.of(Outcome.REPLACED, "the release changed it")
        : Verdict.conflict("both you and the release changed it", true);
  }

  /** For a file that the installed release brought and the new one lacks. */
  static Verdict dropped(EntryState base, List<Sha256> unwanted, LiveEntry live)
      throws IOException {
    if (live.absent()) {
      return Verdict.of(Outcome.UNCHANGED, "is gone from the release, and you do not have it");
    }
    if (live.obstacle().isEmpty() && (live.is(base) || live.isFileOf(unwanted))) {
      return Verdict.of(Outcome.DELETED, "is gone from the release");
    }
    return Verdict.of(
        Outcome.KEPT, "is gone from the release, but you changed it: it is yours now");
  }

  /** For a file that the new release wants gone and the installed one did not bring. */
  static Verdict unwanted(List<Sha256> contents, LiveEntry live) throws IOException {
    if (live.absent()) {
      return Verdict.of(Outcome.UNCHANGED, "the release wants it gone, and you do not have it");
    }
    return live.obstacle().isEmpty() && live.isFileOf(contents)
        ? Verdict.of(Outcome.DELETED, "the release wants it gone, and knows its content")
        : Verdict.of(
            Outcome.KEPT, "the release wants it gone, but it is not known to be a release's");
  }

  private static Verdict missing(Optional<EntryState> base, boolean nothingNew) {
    if (base.isEmpty()) {
      return Verdict.of(Outcome.CREATED, "is new in the release");
    }
    return nothingNew
        ? Verdict.of(Outcome.KEPT, "you deleted it; the release did not change it")
        : Verdict.conflict("you deleted it and the release changed it", true);
  }

  /** A link that the user put in a file's place is only ever written through, never replaced. */
  private static boolean isUntouched(EntryState base, EntryState incoming, LiveEntry live)
      throws IOException {
    return incoming instanceof EntryState.Regular ? live.shows(base) : live.is(base);
  }
}
