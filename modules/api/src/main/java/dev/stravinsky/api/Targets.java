package dev.stravinsky.api;

import dev.stravinsky.spi.TargetProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All targets that there are: what every {@link TargetProvider} names, together. */
public final class Targets {
  private final Services services;

  Targets(Services services) {
    this.services = services;
  }

  /** The project that the working directory belongs to. */
  public Optional<Scope> currentProject() throws IOException {
    for (TargetProvider provider : providers()) {
      Optional<Scope> project = provider.projectAt(services.environment());
      if (project.isPresent()) {
        return project;
      }
    }
    return Optional.empty();
  }

  /**
   * The targets that a release for the scope is installed into: none has a file of another. Two
   * that are the same place are one, the first that names it, and so are nested ones.
   */
  public List<Target> of(Scope scope) throws IOException {
    DistinctTargets targets = new DistinctTargets();
    add(targets, scope);
    return targets.list();
  }

  private void add(DistinctTargets targets, Scope scope) throws IOException {
    for (TargetProvider provider : providers()) {
      targets.addAll(provider.targets(scope, services.environment(), services.settings()));
    }
  }

  /** What a backup of the scope holds: the user's also has the current project's files. */
  public List<Target> backedUpWith(Scope scope) throws IOException {
    DistinctTargets targets = new DistinctTargets();
    add(targets, scope);
    if (scope instanceof Scope.User) {
      Optional<Scope> project = currentProject();
      if (project.isPresent()) {
        add(targets, project.get());
      }
    }
    return targets.list();
  }

  /** The targets as they are on disk; what lies in one within another is that one's alone. */
  public static List<TargetView> live(List<Target> targets) throws IOException {
    Places places = new Places();
    List<TargetView> views = new ArrayList<>();
    for (Target target : targets) {
      List<Path> others = new ArrayList<>();
      for (Target other : targets) {
        boolean within = target.isTree() && places.holds(target.root(), other.root());
        if (within && !other.equals(target)) {
          others.addAll(Places.of(List.of(other)));
        }
      }
      views.add(TargetWalk.live(target, others));
    }
    return views;
  }

  /** The views for people that all providers make, by file name. */
  public Map<String, byte[]> effectiveViews(List<TargetView> views) throws IOException {
    Map<String, byte[]> all = new TreeMap<>();
    for (TargetProvider provider : providers()) {
      all.putAll(provider.effectiveViews(views));
    }
    return all;
  }

  private List<TargetProvider> providers() {
    return services.all(TargetProvider.class);
  }
}
