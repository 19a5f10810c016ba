package dev.stravinsky.update;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Origin;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.TargetView.Node;
import dev.stravinsky.api.merge.MergePlan;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.transaction.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the targets would be after a plan: live entries where they are, new ones in the release. */
final class PlannedState {
  private PlannedState() {}

  static List<TargetView> of(List<TargetView> live, MergePlan plan, Release release) {
    return live.stream().map(view -> overlay(view, plan, release)).toList();
  }

  private static TargetView overlay(TargetView view, MergePlan plan, Release release) {
    Map<EntryPath, Node> nodes = new TreeMap<>();
    view.nodes().forEach(node -> nodes.put(node.path(), node));
    for (Change change : plan.changes()) {
      if (change.target().equals(view.target())) {
        apply(change, nodes, release);
      }
    }
    return new TargetView(view.target(), nodes.values());
  }

  private static void apply(Change change, Map<EntryPath, Node> nodes, Release release) {
    EntryPath path = change.path();
    switch (change) {
      case Change.Put put -> nodes.put(path, replaced(put, Optional.ofNullable(nodes.get(path))));
      case Change.Relink relink ->
          release
              .file(relink.target().name(), path)
              .map(release::content)
              .ifPresent(
                  link -> nodes.put(path, new Node(path, link, Optional.empty(), Origin.RELEASE)));
      case Change.Delete delete -> nodes.remove(path);
      case Change.MakeDirectory directory -> {
        // Checks look at files; a directory alone has nothing to be read.
      }
    }
  }

  /** A link to a file stays a link; its content is written at the end of the chain. */
  private static Node replaced(Change.Put put, Optional<Node> live) {
    return live.filter(node -> node.linkEnd().isPresent())
        .map(n -> new Node(put.path(), n.location(), Optional.of(put.content()), Origin.RELEASE))
        .orElseGet(() -> new Node(put.path(), put.content(), Optional.empty(), Origin.RELEASE));
  }
}
