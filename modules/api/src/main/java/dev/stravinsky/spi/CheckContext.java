package dev.stravinsky.spi;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.config.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a check may look at; nothing in it can be changed.
 *
 * @param phase when the check runs
 * @param scope whose configuration it is
 * @param targets the state to judge: live before and after an update, the result in staging
 * @param expected after the swap: what each entry of the change must be
 * @param changed the entries that the release touches; empty when nothing is being installed
 * @param fromVersion the version in force before
 * @param toVersion the version being installed, if one is
 * @param requiredCommands programs that the release says it needs
 * @param requiredBytes what the operation is going to write
 * @param settings the settings in force
 * @param home where the product keeps its files
 * @param userHome the user's home directory, for {@code ~} and {@code $HOME} in settings
 * @param workingDirectory where the command was typed
 * @param variables the environment variables
 */
public record CheckContext(
    Phase phase,
    Scope scope,
    List<TargetView> targets,
    Map<TargetPath, EntryState> expected,
    List<TargetPath> changed,
    Version fromVersion,
    Optional<Version> toVersion,
    List<String> requiredCommands,
    long requiredBytes,
    Settings settings,
    Path home,
    Path userHome,
    Path workingDirectory,
    Map<String, String> variables,
    Clock clock,
    Cancellation cancellation) {

  public CheckContext {
    targets = List.copyOf(targets);
    expected = Map.copyOf(expected);
    changed = List.copyOf(changed);
    requiredCommands = List.copyOf(requiredCommands);
    variables = Map.copyOf(variables);
  }

  /** The view of a target in a scope, if there is one. */
  public Optional<TargetView> target(String name, Scope whose) {
    return targets.stream()
        .filter(v -> v.target().name().equals(name) && v.target().scope().equals(whose))
        .findFirst();
  }

  /** The entry that will be at an absolute live path, if that path lies in a target. */
  public Optional<TargetView.Node> nodeAt(Path live) {
    return targets.stream()
        .filter(v -> live.startsWith(v.target().root()))
        .flatMap(v -> v.node(EntryPath.relativize(v.target().root(), live)).stream())
        .findFirst();
  }

  /** Whether an absolute live path lies in a target, so that {@link #nodeAt} knows about it. */
  public boolean inTarget(Path live) {
    return targets.stream()
        .map(TargetView::target)
        .anyMatch(t -> live.startsWith(t.root()) && t.covers(EntryPath.relativize(t.root(), live)));
  }

  /** The same context with another cancellation, as the runner gives one to each check. */
  public CheckContext with(Cancellation other) {
    return new CheckContext(
        phase,
        scope,
        targets,
        expected,
        changed,
        fromVersion,
        toVersion,
        requiredCommands,
        requiredBytes,
        settings,
        home,
        userHome,
        workingDirectory,
        variables,
        clock,
        other);
  }
}
