package dev.stravinsky.claude;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.config.Settings;
import dev.stravinsky.spi.TargetProvider;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/**
 * Where Claude Code keeps its configuration. All eight targets are always named: one whose root
 * does not exist is empty, and a release may bring it.
 */
@ServiceProvider(value = TargetProvider.class, resolution = Resolution.OPTIONAL)
@Component(service = TargetProvider.class)
public final class ClaudeTargets implements TargetProvider {
  private static final String FOLDER = ".claude";
  private static final String CONFIG_VARIABLE = "CLAUDE_CONFIG_DIR";
  private static final List<String> TREES =
      List.of("hooks", "commands", "agents", "skills", "rules", "output-styles");

  /** For the service loader. */
  public ClaudeTargets() {}

  @Override
  public String id() {
    return "claude";
  }

  @Override
  public Optional<Scope> projectAt(Environment environment) throws IOException {
    Path from;
    try {
      from = RealPlace.of(environment.workingDirectory());
    } catch (AccessDeniedException e) {
      return Optional.empty(); // As with sudo in a folder of root's: nor does Claude Code get in.
    }
    for (Path folder = from; folder != null; folder = folder.getParent()) {
      Path candidate = folder.resolve(FOLDER);
      if (isFolderOrLink(candidate)) {
        return isUsersOwn(candidate, environment)
            ? Optional.empty()
            : Optional.of(Scope.project(folder));
      }
    }
    return Optional.empty();
  }

  @Override
  public List<Target> targets(Scope scope, Environment environment, Settings settings)
      throws IOException {
    // A switch over types is linked at its first use, which takes 5 ms of every command.
    if (scope instanceof Scope.Project project) {
      return targets(scope, project.root().resolve(FOLDER), project.root());
    }
    Path folder = userFolder(environment);
    return targets(scope, folder, folder);
  }

  @Override
  public Map<String, byte[]> effectiveViews(List<TargetView> views) throws IOException {
    return EffectiveSettings.of(views);
  }

  /** The user's folder as Claude Code chooses it. */
  static Path userFolder(Environment environment) {
    String named = environment.variables().getOrDefault(CONFIG_VARIABLE, "").strip();
    return named.isEmpty()
        ? environment.userHome().resolve(FOLDER)
        : environment.expand(named, environment.workingDirectory());
  }

  private static List<Target> targets(Scope scope, Path folder, Path memoryFolder)
      throws IOException {
    List<Target> targets = new ArrayList<>();
    for (String name : TREES) {
      addUnlessCovered(targets, Target.tree(name, scope, RealPlace.of(folder.resolve(name))));
      if (name.equals("commands")) {
        // Hooks, commands and settings first: the three that every backup has.
        targets.add(new Target("settings", scope, RealPlace.of(folder), SettingsFiles.NAMES));
      }
    }
    targets.add(new Target("CLAUDE.md", scope, RealPlace.of(memoryFolder), List.of("CLAUDE.md")));
    return targets;
  }

  /** Two folders that are links to the same place, or one within the other, are one target. */
  private static void addUnlessCovered(List<Target> targets, Target target) throws IOException {
    for (Target other : targets) {
      if (other.isTree() && target.root().startsWith(other.root())) {
        return;
      }
    }
    targets.removeIf(other -> other.isTree() && other.root().startsWith(target.root()));
    targets.add(target);
  }

  private static boolean isFolderOrLink(Path candidate) throws IOException {
    return Presence.isDirectory(candidate)
        || Presence.isSymbolicLink(candidate) && !Presence.isRegularFile(candidate);
  }

  private static boolean isUsersOwn(Path candidate, Environment environment) throws IOException {
    Path place = RealPlace.of(candidate);
    return place.equals(RealPlace.of(userFolder(environment)))
        || place.equals(RealPlace.of(environment.userHome().resolve(FOLDER)));
  }
}
