package dev.stravinsky.api;

import dev.stravinsky.api.check.PluginServices;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.spi.TargetProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All targets that there are: what every {@link TargetProvider} names, together; plugins' after the
 * built-in ones. Without one of them the state would be another, so what a provider throws is
 * thrown here.
 */
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
    return requireDistinctNames(targets.list());
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
    return requireDistinctNames(targets.list());
  }

  /** A target's name is its archive's: two providers must not mean two places by it. */
  private static List<Target> requireDistinctNames(List<Target> targets) {
    Map<String, Target> named = new HashMap<>();
    for (Target target : targets) {
      String key = target.scope().level() + "/" + TargetNames.folded(target.name());
      Target other = named.putIfAbsent(key, target);
      if (other != null) {
        throw new RefusedException(
            Problem.of(
                    ErrorKind.UNKNOWN,
                    "two targets are called \""
                        + target.name()
                        + "\": "
                        + other.root()
                        + " and "
                        + target.root())
                .leaving("nothing was changed")
                .next("stravinsky plugin list"));
      }
    }
    return targets;
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
    for (TargetProvider provider : services.all(TargetProvider.class)) {
      all.putAll(provider.effectiveViews(views));
    }
    for (TargetProvider plugin : services.pluginServices().all(TargetProvider.class)) {
      try {
        plugin.effectiveViews(views).forEach(all::putIfAbsent);
      } catch (IOException e) {
        // The files themselves are in the backup: it is no worse than without the plugin.
        services.audit().append(PluginServices.failed(services, "target-provider", plugin.id(), e));
      }
    }
    return all;
  }

  private List<TargetProvider> providers() {
    List<TargetProvider> all = new ArrayList<>(services.all(TargetProvider.class));
    all.addAll(services.pluginServices().all(TargetProvider.class));
    return all;
  }
}
