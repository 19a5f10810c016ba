package dev.stravinsky.update;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.LinkTargets;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupManifest.Root;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a backup may not do that nobody but itself vouches for. One that the trail knows goes back
 * to wherever it came from; any other could name every place on the disk, so that it is held to the
 * places where the targets are now, and brings no link that leads out of them.
 */
final class UnknownSource {
  private UnknownSource() {}

  /** Throws {@link RefusedException} naming each root at which no target is. */
  static void requireOwnPlaces(Services services, Backup source, List<Root> roots)
      throws IOException {
    List<Problem> problems = new ArrayList<>();
    Map<Scope, List<Target>> targets = new HashMap<>();
    for (Root root : roots) {
      if (!targets.containsKey(root.scope())) {
        targets.put(root.scope(), services.targets().of(root.scope()));
      }
      if (targets.get(root.scope()).stream().noneMatch(target -> holds(target, root))) {
        problems.add(
            refusal(
                source,
                root.path(),
                "the backup puts its " + root.target() + " here, where you have none, and"));
      }
    }
    if (!problems.isEmpty() && !services.backups().isVouchedFor(source)) {
      throw new RefusedException(problems);
    }
  }

  private static boolean holds(Target target, Root root) {
    return target.name().equals(root.target())
        && target.root().equals(root.path())
        && target.isTree() == root.files().isEmpty()
        && target.files().containsAll(root.files());
  }

  /**
   * Throws {@link RefusedException} naming each link that would be made and leads to where no
   * target is: the next restoration would write there, through the link.
   */
  static void refuseLinksOut(
      Services services, Backup source, LiveState live, List<RestorePlan.Step> steps)
      throws IOException {
    List<Path> places = live.views().stream().map(view -> view.target().root()).toList();
    List<Problem> problems = new ArrayList<>();
    for (RestorePlan.Step step : steps) {
      if (step.wanted() instanceof EntryState.Link link) {
        Path entry = step.path().resolveIn(step.target().root());
        Path end = LinkTargets.decode(link.target(), entry);
        if (isOut(entry, end, places)) {
          problems.add(
              refusal(source, entry, "a link to " + end + ", out of your targets; the backup"));
        }
      }
    }
    if (!problems.isEmpty() && !services.backups().isVouchedFor(source)) {
      throw new RefusedException(problems);
    }
  }

  /** By its text alone; a step upwards after a name might start from another link's end. */
  private static boolean isOut(Path entry, Path end, List<Path> places) {
    boolean named = false;
    for (Path name : end) {
      boolean up = name.toString().equals("..");
      if (up && named) {
        return true;
      }
      named = named || !up;
    }
    Path place = entry.resolveSibling(end).normalize();
    return places.stream().noneMatch(place::startsWith);
  }

  private static Problem refusal(Backup source, Path where, String what) {
    return Problem.of(
            ErrorKind.CORRUPTED_BACKUP,
            what + " is not in the trail: " + source.id() + " may be made up")
        .inFile(where)
        .leaving("nothing was changed")
        .next("stravinsky backup show " + source.id() + " --files");
  }
}
