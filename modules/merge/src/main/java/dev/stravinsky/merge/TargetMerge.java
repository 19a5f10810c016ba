package dev.stravinsky.merge;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.TargetView.Node;
import dev.stravinsky.api.merge.MergePlan.Decision;
import dev.stravinsky.api.merge.MergePlan.Outcome;
import dev.stravinsky.api.merge.MergeRequest.ConflictPolicy;
import dev.stravinsky.api.transaction.Change;
import dev.stravinsky.merge.FileMerge.Merged;
import dev.stravinsky.merge.FileMerge.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Decides for the files of one target, in the order of their paths. */
final class TargetMerge {
  private final TargetView live;
  private final Target target;
  private final ConflictPolicy policy;
  private final FileMerge merge;
  private final Set<Path> linkEnds = new HashSet<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();
  private final Set<TargetPath> released = new HashSet<>();

  TargetMerge(TargetView live, ConflictPolicy policy, FileMerge merge) {
    this.live = live;
    this.target = live.target();
    this.policy = policy;
    this.merge = merge;
  }

  /** What has to be changed, directories that lose their last file included. */
  List<Change> changes() {
    return changes;
  }

  List<Decision> decisions() {
    return decisions;
  }

  Set<TargetPath> released() {
    return released;
  }

  /** Decides for all of them. */
  void run(SortedMap<EntryPath, FileSides> files) throws IOException {
    for (FileSides file : files.values()) {
      decide(file);
    }
    changes.addAll(EmptiedDirectories.after(live, changes));
  }

  private void decide(FileSides file) throws IOException {
    Verdict verdict = file.verdict();
    if (verdict.outcome() == Outcome.CONFLICT && verdict.takeable()) {
      FileMerge.Result result = canMerge(file) ? merge.merge(target, file) : new Refused("");
      switch (result) {
        case Merged merged -> {
          bring(file, merged, verdict.reason());
          return;
        }
        case Refused refused ->
            verdict =
                policy == ConflictPolicy.TAKE
                    ? taken(file, verdict)
                    : verdict.because(refused.why());
      }
    }
    if (verdict.outcome() == Outcome.CREATED || verdict.outcome() == Outcome.REPLACED) {
      EntryState incoming = file.incoming().orElseThrow();
      install(file, verdict.outcome(), verdict.reason(), file.incomingContent(), incoming);
    } else {
      if (verdict.outcome() == Outcome.DELETED) {
        changes.add(new Change.Delete(target, file.path(), file.live().own()));
      }
      note(file, verdict.outcome(), verdict.reason(), false);
    }
  }

  private static Verdict taken(FileSides file, Verdict verdict) {
    Outcome outcome = file.live().absent() ? Outcome.CREATED : Outcome.REPLACED;
    return Verdict.of(outcome, verdict.reason() + "; yours is in the backup");
  }

  private static boolean canMerge(FileSides file) {
    return file.base().filter(b -> !(b instanceof EntryState.Regular)).isEmpty()
        && file.incoming().filter(EntryState.Regular.class::isInstance).isPresent()
        && file.live().content().isPresent();
  }

  private void bring(FileSides file, Merged merged, String reason) throws IOException {
    boolean changes = !merged.state().equals(file.live().beforeContent());
    if (changes) {
      Outcome outcome = merged.conflict() ? Outcome.CONFLICT : Outcome.MERGED;
      String how = merged.conflict() ? merged.how() : reason + ": " + merged.how();
      install(file, outcome, how, merged.content(), merged.state());
    } else if (merged.conflict()) {
      note(file, Outcome.CONFLICT, merged.how(), false);
    } else {
      note(file, Outcome.KEPT, "has all that the release changed", false);
    }
  }

  private void install(
      FileSides file, Outcome outcome, String reason, Path content, EntryState state)
      throws IOException {
    LiveEntry there = file.live();
    if (there.linkEnd().isPresent() && !linkEnds.add(there.linkEnd().get())) {
      // Two names of one file: the second content would overwrite the first.
      note(file, Outcome.CONFLICT, "your link leads to the same file as another one", false);
      return;
    }
    EntryPath path = file.path();
    changes.add(
        switch (state) {
          case EntryState.Link link ->
              new Change.Relink(target, path, there.own(), link, Optional.empty());
          case EntryState.Regular regular ->
              new Change.Put(
                  target, path, there.beforeContent(), content, regular, Optional.empty());
          default -> throw new IllegalArgumentException("no state of a release's file: " + state);
        });
    note(file, outcome, reason, true);
  }

  private void note(FileSides file, Outcome outcome, String reason, boolean changed) {
    TargetPath place = new TargetPath(target, file.path());
    boolean aside =
        outcome == Outcome.CONFLICT
            && file.incoming().filter(EntryState.Regular.class::isInstance).isPresent();
    decisions.add(
        new Decision(
            place,
            outcome,
            reason,
            aside ? Optional.of(file.incomingContent()) : Optional.empty()));
    if (isReleased(file, outcome, changed)) {
      released.add(place);
    }
  }

  /**
   * What a release brought stays its file when the user changes it; what it did not bring does not,
   * unless something of the release is in it now.
   */
  private static boolean isReleased(FileSides file, Outcome outcome, boolean changed) {
    return switch (outcome) {
      case CREATED, REPLACED, MERGED -> true;
      case UNCHANGED -> file.incoming().isPresent();
      case DELETED -> false;
      case KEPT, CONFLICT ->
          changed
              || file.incoming().isPresent()
                  && file.base().isPresent()
                  && file.live().fromRelease();
    };
  }

  /** What stands between the target's root and a path; empty if nothing does. */
  static String obstacle(TargetView live, EntryPath path) throws IOException {
    for (EntryPath at = path.parent(); !at.equals(EntryPath.ROOT); at = at.parent()) {
      Optional<Node> node = live.anything(at);
      if (node.isPresent()) {
        Path location = node.get().location();
        if (Presence.isSymbolicLink(location)) {
          return "the folder " + live.target().describe(at) + " is a link";
        }
        if (!Presence.isDirectory(location)) {
          return "the file " + live.target().describe(at) + " is where a folder is needed";
        }
      }
    }
    return "";
  }
}
