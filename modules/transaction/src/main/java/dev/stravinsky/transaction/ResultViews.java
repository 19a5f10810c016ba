package dev.stravinsky.transaction;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Origin;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.TargetView.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The targets as they will be, made of live entries and staged ones. */
final class ResultViews {
  private final List<Target> targets;
  private final List<Step> steps;
  private final Map<Path, Path> stagedByLive = new HashMap<>();

  private ResultViews(List<Target> targets, List<Step> steps) {
    this.targets = targets;
    this.steps = steps;
    for (Step step : steps) {
      if (step.after() instanceof EntryState.Regular) {
        stagedByLive.put(step.live(), step.staged());
      }
    }
  }

  static List<TargetView> of(List<TargetView> live, List<Target> targets, List<Step> steps)
      throws IOException {
    ResultViews views = new ResultViews(targets, steps);
    List<TargetView> results = new ArrayList<>();
    for (TargetView view : live) {
      results.add(views.after(view));
    }
    for (Target target : targets) {
      if (live.stream().noneMatch(v -> v.target().equals(target))) {
        results.add(views.after(new TargetView(target, List.of())));
      }
    }
    return results;
  }

  private TargetView after(TargetView before) throws IOException {
    Map<EntryPath, Node> nodes = new TreeMap<>();
    for (Node node : before.nodes()) {
      nodes.put(node.path(), node);
    }
    for (Step step : steps) {
      boolean here = targets.get(step.target()).equals(before.target());
      if (here && !step.path().equals(EntryPath.ROOT)) {
        apply(step, nodes);
      }
    }
    List<Node> result = new ArrayList<>();
    for (Node node : nodes.values()) {
      result.add(withStagedEnd(node));
    }
    return new TargetView(before.target(), result);
  }

  private void apply(Step step, Map<EntryPath, Node> nodes) throws IOException {
    switch (step.operation()) {
      case DELETE, DELETE_DIRECTORY -> nodes.remove(step.path());
      case MAKE_DIRECTORY, CHANGE_MODE, CREATE -> nodes.put(step.path(), staged(step));
      case REPLACE, OVERWRITE -> {
        Node old = nodes.get(step.path());
        boolean throughLink = old != null && !old.location().equals(step.live());
        // Where a link stays, withStagedEnd gives it its new end.
        nodes.put(step.path(), throughLink ? old.withOrigin(Origin.RELEASE) : staged(step));
      }
    }
  }

  private Node staged(Step step) throws IOException {
    Optional<Path> end = Optional.empty();
    if (step.after() instanceof EntryState.Link) {
      end = linkEnd(step);
    }
    return new Node(step.path(), step.staged(), end, Origin.RELEASE);
  }

  /** Where a link that is still in staging will lead. */
  private Optional<Path> linkEnd(Step step) throws IOException {
    Path to = step.live().resolveSibling(Files.readSymbolicLink(step.staged())).normalize();
    if (stagedByLive.containsKey(to)) {
      return Optional.of(stagedByLive.get(to));
    }
    return Presence.isRegularFile(to) ? Optional.of(to.toRealPath()) : Optional.empty();
  }

  private Node withStagedEnd(Node node) {
    return node.linkEnd()
        .filter(stagedByLive::containsKey)
        .map(
            end ->
                new Node(
                    node.path(),
                    node.location(),
                    Optional.of(stagedByLive.get(end)),
                    node.origin()))
        .orElse(node);
  }
}
