package dev.stravinsky.api;

import dev.stravinsky.spi.TargetProvider;
import java.io.IOException;
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

  /** The targets that a release for the scope is installed into. */
  public List<Target> of(Scope scope) throws IOException {
    List<Target> targets = new ArrayList<>();
    for (TargetProvider provider : providers()) {
      add(targets, provider.targets(scope, services.environment(), services.settings()));
    }
    return targets;
  }

  /** Two targets that are the same place are one: the first that names it. */
  private static void add(List<Target> targets, List<Target> more) {
    for (Target each : more) {
      boolean known =
          targets.stream()
              .anyMatch(t -> t.root().equals(each.root()) && t.files().equals(each.files()));
      if (!known) {
        targets.add(each);
      }
    }
  }

  /** What a backup of the scope holds: the user's also has the current project's files. */
  public List<Target> backedUpWith(Scope scope) throws IOException {
    List<Target> targets = new ArrayList<>(of(scope));
    if (scope instanceof Scope.User) {
      Optional<Scope> project = currentProject();
      if (project.isPresent()) {
        add(targets, of(project.get()));
      }
    }
    return targets;
  }

  /** The targets as they are on disk. */
  public static List<TargetView> live(List<Target> targets) throws IOException {
    List<TargetView> views = new ArrayList<>();
    for (Target target : targets) {
      views.add(TargetWalk.live(target));
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
