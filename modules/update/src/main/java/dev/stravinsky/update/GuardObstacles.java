package dev.stravinsky.update;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.TargetView.Node;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.transaction.Change;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands where something of another kind has to come back: a file in the place of a directory,
 * or a directory in the place of a file. One transaction does not replace the one by the other, so
 * these go in one of their own before.
 */
final class GuardObstacles {
  private final Scope scope;
  private final Surroundings around;
  private final List<Change> changes = new ArrayList<>();

  GuardObstacles(Scope scope, Surroundings around) {
    this.scope = scope;
    this.around = around;
  }

  /** The entry itself, as a target of its own: the roots of targets belong to none. */
  static Target alone(Scope scope, Path entry) {
    return new Target(
        "beside-" + entry.getFileName(),
        scope,
        entry.getParent(),
        List.of(entry.getFileName().toString()));
  }

  /** The path of an entry in the target that {@link #alone} makes for it. */
  static EntryPath path(Path entry) {
    return EntryPath.relativize(entry.getParent(), entry);
  }

  /** What has to go, or to be opened, first; nothing if nothing is in the way. */
  List<Change> changes() {
    return List.copyOf(changes);
  }

  /**
   * Directories that cannot be looked into any more, the first of them on each way down: what is in
   * one can be asked for when it is open.
   */
  void addClosed(List<Target> targets, Map<Target, Map<EntryPath, BackupEntry>> wanted)
      throws IOException {
    for (Map.Entry<Path, Integer> each : around.directories().entrySet()) {
      Path place = each.getKey();
      addIfClosed(
          alone(scope, place), path(place), place, new EntryState.Directory(each.getValue()));
    }
    for (Target target : targets) {
      for (BackupEntry entry : wanted.get(target).values()) {
        if (entry.state() instanceof EntryState.Directory after) {
          addIfClosed(target, entry.path(), entry.path().resolveIn(target.root()), after);
        }
      }
    }
  }

  private void addIfClosed(Target target, EntryPath path, Path place, EntryState.Directory after)
      throws IOException {
    if (isShut(place)
        && EntryStates.of(place) instanceof EntryState.Directory now
        && !now.equals(after)) {
      changes.add(new Change.MakeDirectory(target, path, now, after, Optional.empty()));
    }
  }

  private static boolean isShut(Path place) throws IOException {
    try {
      return Presence.isDirectory(place, LinkOption.NOFOLLOW_LINKS)
          && !(Files.isReadable(place) && Files.isExecutable(place));
    } catch (AccessDeniedException e) {
      return false; // It lies in one that is shut.
    }
  }

  /** Where directories and links have to be that targets hang from. */
  void addAround() throws IOException {
    for (Path directory : around.directories().keySet()) {
      EntryState now = EntryStates.of(directory);
      if (now instanceof EntryState.Regular || now instanceof EntryState.Link) {
        changes.add(new Change.Delete(alone(scope, directory), path(directory), now));
        return; // What lies below can be looked at when it is gone.
      }
    }
    for (Path link : around.links().keySet()) {
      if (EntryStates.of(link) instanceof EntryState.Directory now) {
        Target tree = Target.tree("in-the-place-of-a-link", scope, link);
        for (Node node : List.copyOf(TargetWalk.live(tree).nodes()).reversed()) {
          changes.add(new Change.Delete(tree, node.path(), EntryStates.of(node.location())));
        }
        changes.add(new Change.Delete(alone(scope, link), path(link), now));
      }
    }
  }

  /** Within one target. */
  void addIn(TargetView view, Map<EntryPath, BackupEntry> wanted) throws IOException {
    List<EntryPath> wrong = new ArrayList<>();
    for (BackupEntry entry : wanted.values()) {
      Optional<Node> node = view.node(entry.path());
      if (node.isPresent() && isOtherKind(node.get().location(), entry.state())) {
        wrong.add(entry.path());
      }
    }
    for (Node node : List.copyOf(view.nodes()).reversed()) {
      if (wrong.stream().anyMatch(node.path()::startsWith)) {
        EntryState now = EntryStates.of(node.location());
        changes.add(new Change.Delete(view.target(), node.path(), now));
      }
    }
  }

  private static boolean isOtherKind(Path now, EntryState wanted) throws IOException {
    return Presence.isDirectory(now, LinkOption.NOFOLLOW_LINKS)
        != wanted instanceof EntryState.Directory;
  }
}
