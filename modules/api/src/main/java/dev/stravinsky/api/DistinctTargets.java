package dev.stravinsky.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Targets of which no two have a file in common. What an earlier one has is that one's. A later
 * tree around an earlier target of another provider keeps the rest of what it holds ({@link
 * Targets#live}); around one of its own provider it stands for both.
 */
final class DistinctTargets {
  private final Places places = new Places();
  private final List<Target> targets = new ArrayList<>();

  /** Adds those of one provider. */
  void addAll(List<Target> more) throws IOException {
    Set<Target> own = new HashSet<>();
    for (Target each : more) {
      if (each.isTree()) {
        addTree(each, own);
      } else {
        addFiles(each, own);
      }
    }
  }

  List<Target> list() {
    return List.copyOf(targets);
  }

  private void addTree(Target tree, Set<Target> own) throws IOException {
    for (Target other : targets) {
      if (other.isTree() && places.holds(other.root(), tree.root())) {
        return;
      }
    }
    for (Target other : List.copyOf(targets)) {
      if (own.contains(other) && places.holds(tree.root(), other.root())) {
        targets.remove(other);
      }
    }
    targets.add(tree);
    own.add(tree);
  }

  private void addFiles(Target target, Set<Target> own) throws IOException {
    List<String> names = new ArrayList<>(target.files());
    for (Target other : targets) {
      if (other.isTree() ? places.holds(other.root(), target.root()) : isBeside(other, target)) {
        names.removeIf(name -> other.covers(EntryPath.of(name)));
      }
    }
    if (!names.isEmpty()) {
      Target rest = new Target(target.name(), target.scope(), target.root(), names);
      targets.add(rest);
      own.add(rest);
    }
  }

  private boolean isBeside(Target one, Target other) throws IOException {
    return places.holds(one.root(), other.root()) && places.holds(other.root(), one.root());
  }
}
