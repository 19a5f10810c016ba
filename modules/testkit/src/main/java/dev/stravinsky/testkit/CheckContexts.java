package dev.stravinsky.testkit;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.config.Settings;
import dev.stravinsky.spi.Cancellation;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Phase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes contexts for checks in tests: of what a sandbox holds, with as much said as a test needs.
 */
public final class CheckContexts {
  private final Sandbox sandbox;
  private Phase phase = Phase.PRE_UPDATE;
  private List<TargetView> targets = new ArrayList<>();
  private Map<TargetPath, EntryState> expected = Map.of();
  private List<TargetPath> changed = List.of();
  private Optional<Version> toVersion = Optional.empty();
  private List<String> requiredCommands = List.of();
  private long requiredBytes;
  private Settings settings = DefaultSettings.get();
  private Cancellation cancellation = Cancellation.NEVER;

  private CheckContexts(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /** A context of the user's scope, before an update, with no targets yet. */
  public static CheckContexts in(Sandbox sandbox) {
    return new CheckContexts(sandbox);
  }

  public CheckContexts phase(Phase when) {
    phase = when;
    return this;
  }

  /** Adds a target of the user's as it is now. */
  public CheckContexts live(Target target) throws IOException {
    targets.add(TargetWalk.live(target));
    return this;
  }

  /** Adds hooks, commands and settings in the sandbox's {@code ~/.claude} as they are now. */
  public CheckContexts liveClaude() throws IOException {
    live(Target.tree("hooks", Scope.USER, sandbox.claude().resolve("hooks")));
    live(Target.tree("commands", Scope.USER, sandbox.claude().resolve("commands")));
    return live(
        new Target(
            "settings",
            Scope.USER,
            sandbox.claude(),
            List.of("settings.json", "settings.local.json")));
  }

  public CheckContexts targets(List<TargetView> views) {
    targets = new ArrayList<>(views);
    return this;
  }

  public CheckContexts expected(Map<TargetPath, EntryState> states) {
    expected = states;
    return this;
  }

  public CheckContexts changed(List<TargetPath> places) {
    changed = places;
    return this;
  }

  /** What is being installed. */
  public CheckContexts installing(String version) {
    toVersion = Optional.of(new Version(version));
    return this;
  }

  public CheckContexts requiredCommands(List<String> commands) {
    requiredCommands = commands;
    return this;
  }

  public CheckContexts requiredBytes(long bytes) {
    requiredBytes = bytes;
    return this;
  }

  public CheckContexts settings(Settings inForce) {
    settings = inForce;
    return this;
  }

  public CheckContexts cancellation(Cancellation asked) {
    cancellation = asked;
    return this;
  }

  /** The context. */
  public CheckContext build() {
    Environment environment = sandbox.environment();
    return new CheckContext(
        phase,
        Scope.USER,
        targets,
        expected,
        changed,
        Version.UNTRACKED,
        toVersion,
        requiredCommands,
        requiredBytes,
        settings,
        environment.home().directory(),
        environment.userHome(),
        environment.workingDirectory(),
        environment.variables(),
        environment.clock(),
        cancellation);
  }
}
