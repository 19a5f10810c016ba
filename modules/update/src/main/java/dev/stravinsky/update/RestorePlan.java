package dev.stravinsky.update;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.Origin;
import dev.stravinsky.api.Parallel;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.TargetView.Node;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.transaction.Change;
import dev.stravinsky.api.update.RestoreRequest.Extent;
import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What has to change so that a target is as a backup has it: found by comparing every entry, so
 * that only what differs is touched.
 */
final class RestorePlan {
  private final Extent extent;
  private final List<Step> steps = new ArrayList<>();
  private final List<Path> kept = new ArrayList<>();

  RestorePlan(Extent extent) {
    this.extent = extent;
  }

  /**
   * Adds one target.
   *
   * @param entries what the backup has of it, as far as it was selected
   */
  void add(TargetView live, Collection<BackupEntry> entries) throws IOException {
    Map<EntryPath, BackupEntry> wanted = new HashMap<>();
    entries.forEach(entry -> wanted.put(entry.path(), entry));
    List<BackupEntry> concerned = entries.stream().filter(e -> concerns(live, e)).toList();
    try (Parallel parallel = Parallel.on(live.target().root())) {
      parallel.inOrder(
          concerned,
          entry -> new Found(entry, live.node(entry.path())),
          found -> bringBack(live.target(), found));
    }
    if (extent != Extent.SELECTED) {
      remove(live, wanted);
    }
  }

  /** What differs, in the backup's order; deletions last, the deepest first. */
  List<Step> steps() {
    return List.copyOf(steps);
  }

  /** The user's own files that stand where the backup has something else. */
  List<Path> kept() {
    return List.copyOf(kept);
  }

  /** An entry of the backup, and what is in its place now. */
  private record Found(BackupEntry entry, Optional<Node> node, EntryState now) {
    Found(BackupEntry entry, Optional<Node> node) throws IOException {
      this(entry, node, state(node));
    }
  }

  private boolean concerns(TargetView live, BackupEntry entry) {
    Optional<Node> node = live.node(entry.path());
    boolean released =
        entry.origin() == Origin.RELEASE
            || node.filter(n -> n.origin() == Origin.RELEASE).isPresent();
    boolean parentOnly = entry.state() instanceof EntryState.Directory && extent != Extent.EXACT;
    return !(parentOnly && node.isPresent()) && (extent != Extent.RELEASED || released);
  }

  private void bringBack(Target target, Found found) throws IOException {
    BackupEntry entry = found.entry();
    Optional<Node> node = found.node();
    if (!found.now().equals(entry.state())) {
      if (extent == Extent.RELEASED && isUsersOwn(node)) {
        kept.add(entry.path().resolveIn(target.root()));
        return;
      }
      add(target, entry, found.now(), entry.state());
    } else if (entry.linked().isPresent() && node.flatMap(Node::linkEnd).isPresent()) {
      // The link is the same; what it leads to may not be.
      EntryState end = EntryStates.of(node.get().linkEnd().get());
      if (!end.equals(entry.linked().get())) {
        add(target, entry, end, entry.linked().get());
      }
    }
  }

  private void add(Target target, BackupEntry entry, EntryState now, EntryState wanted) {
    steps.add(new Step(target, entry.path(), now, wanted, Optional.of(entry)));
  }

  private static boolean isUsersOwn(Optional<Node> node) {
    return node.filter(n -> n.origin() == Origin.USER).isPresent();
  }

  private void remove(TargetView live, Map<EntryPath, BackupEntry> wanted) throws IOException {
    Set<EntryPath> inUse = new HashSet<>();
    Set<EntryPath> emptied = new HashSet<>();
    Set<EntryPath> staying = aroundSpecial(live);
    // Backwards, so that what is in a directory is decided before the directory is.
    for (Node node : List.copyOf(live.nodes()).reversed()) {
      EntryPath parent = node.path().parent();
      if (!wanted.containsKey(node.path())
          && !staying.contains(node.path())
          && goes(node, inUse, emptied)) {
        emptied.add(parent);
        EntryState now = EntryStates.of(node.location());
        steps.add(new Step(live.target(), node.path(), now, EntryState.ABSENT, Optional.empty()));
      } else {
        inUse.add(parent);
      }
    }
  }

  /** The directories that hold what is left alone. */
  private static Set<EntryPath> aroundSpecial(TargetView live) {
    Set<EntryPath> around = new HashSet<>();
    for (Node node : live.special()) {
      EntryPath at = node.path().parent();
      while (around.add(at)) {
        at = at.parent();
      }
    }
    return around;
  }

  /**
   * A directory that the backup lacks goes with the last of the files that the release put there.
   */
  private boolean goes(Node node, Set<EntryPath> inUse, Set<EntryPath> emptied) throws IOException {
    if (extent == Extent.EXACT) {
      return true;
    }
    return Presence.isDirectory(node.location(), LinkOption.NOFOLLOW_LINKS)
        ? emptied.contains(node.path()) && !inUse.contains(node.path())
        : node.origin() == Origin.RELEASE;
  }

  private static EntryState state(Optional<Node> node) throws IOException {
    return node.isPresent() ? EntryStates.of(node.get().location()) : EntryState.ABSENT;
  }

  /**
   * One difference.
   *
   * @param entry the backup's entry; empty for what is to be removed
   */
  record Step(
      Target target,
      EntryPath path,
      EntryState now,
      EntryState wanted,
      Optional<BackupEntry> entry) {

    boolean needsContent() {
      return wanted instanceof EntryState.Regular;
    }

    /** The step as a change, its content unpacked at {@code content} if it needs any. */
    Change change(Optional<Path> content) {
      Optional<Instant> modified = entry.map(BackupEntry::modified);
      return switch (wanted) {
        case EntryState.Regular file ->
            new Change.Put(target, path, now, content.orElseThrow(), file, modified);
        case EntryState.Link link -> {
          // Of a link with what it leads to it is that file's time.
          boolean own = entry.filter(e -> e.linked().isEmpty()).isPresent();
          Optional<Instant> itself = own ? modified : Optional.empty();
          yield new Change.Relink(target, path, now, link, itself);
        }
        case EntryState.Directory directory ->
            new Change.MakeDirectory(target, path, now, directory, modified);
        case EntryState.Absent absent -> new Change.Delete(target, path, now);
      };
    }
  }
}
