package dev.stravinsky.merge;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.TargetView.Node;
import dev.stravinsky.api.transaction.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Directories go with the last of their files; one with anything else in it stays. */
final class EmptiedDirectories {
  private EmptiedDirectories() {}

  /** Deletions of directories that have nothing left after these changes, the deepest first. */
  static List<Change> after(TargetView live, List<Change> changes) throws IOException {
    Map<EntryPath, Integer> children = new HashMap<>();
    for (Node node : live.nodes()) {
      children.merge(node.path().parent(), 1, Integer::sum);
    }
    for (Node node : live.special()) {
      children.merge(node.path().parent(), 1, Integer::sum);
    }
    Set<EntryPath> needed = new HashSet<>(Set.of(EntryPath.ROOT));
    List<EntryPath> deleted = new ArrayList<>();
    for (Change change : changes) {
      if (change instanceof Change.Delete) {
        deleted.add(change.path());
      } else {
        EntryPath at = change.path().parent();
        while (needed.add(at)) {
          at = at.parent();
        }
      }
    }
    List<Change> directories = new ArrayList<>();
    for (EntryPath path : deleted) {
      EntryPath at = path.parent();
      while (children.merge(at, -1, Integer::sum) == 0 && !needed.contains(at)) {
        Node node = live.node(at).orElseThrow();
        EntryState.Directory before = new EntryState.Directory(FileModes.of(node.location()));
        directories.add(new Change.Delete(live.target(), at, before));
        at = at.parent();
      }
    }
    return directories;
  }
}
