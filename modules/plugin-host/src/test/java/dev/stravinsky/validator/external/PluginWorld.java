package dev.stravinsky.validator.external;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.config.Settings;
import dev.stravinsky.spi.Cancellation;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Validator;
import dev.stravinsky.testkit.DefaultSettings;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.TestBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/** A user with plugins, on the real disk: processes cannot look into a file system in memory. */
final class PluginWorld implements AutoCloseable {
  private final Sandbox sandbox;
  private final HostedServices services;
  private final ExternalProcesses checks;

  PluginWorld(Path emptyDirectory, Duration startLimit) throws IOException {
    this(emptyDirectory, startLimit, UnaryOperator.identity());
  }

  /**
   * @param limits makes of a kind's time limit the one that holds; checks have their own
   */
  PluginWorld(Path emptyDirectory, Duration startLimit, UnaryOperator<Duration> limits)
      throws IOException {
    sandbox = Sandbox.onDisk(emptyDirectory);
    var environment = sandbox.environment();
    Files.createDirectories(environment.userPlugins());
    Files.createDirectories(environment.distributionPlugins());
    services =
        new HostedServices(
            environment,
            new PluginHost(
                sandbox.services().externalChecks(), environment.variables(), startLimit),
            limits);
    checks = new ExternalProcesses(new ChecksDirectory(environment), services);
  }

  Sandbox sandbox() {
    return sandbox;
  }

  HostedServices services() {
    return services;
  }

  ExternalProcesses checks() {
    return checks;
  }

  Path plugins() {
    return sandbox.environment().userPlugins();
  }

  PluginWorld with(Class<?>... activators) throws IOException {
    for (Class<?> each : activators) {
      with(each.getSimpleName() + ".jar", TestBundle.of(each).bytes());
    }
    return this;
  }

  PluginWorld with(String fileName, byte[] content) throws IOException {
    Files.write(plugins().resolve(fileName), content);
    return this;
  }

  /** A context with a changed file in hooks. */
  CheckContext context(Phase phase) throws IOException {
    return context(phase, DefaultSettings.get());
  }

  CheckContext context(Phase phase, Settings settings) throws IOException {
    Path hook = sandbox.claude().resolve("hooks/a.sh");
    Files.createDirectories(hook.getParent());
    Files.writeString(hook, "echo a\n");
    Target target = Target.tree("hooks", Scope.USER, hook.getParent());
    TargetView view = TargetWalk.live(target);
    TargetPath place = new TargetPath(target, EntryPath.of("a.sh"));
    TargetPath gone = new TargetPath(target, EntryPath.of("b.sh"));
    Map<TargetPath, EntryState> expected = new HashMap<>();
    expected.put(place, dev.stravinsky.api.EntryStates.of(hook));
    expected.put(gone, EntryState.ABSENT);
    var environment = sandbox.environment();
    return new CheckContext(
        phase,
        Scope.USER,
        List.of(view),
        expected,
        List.of(place, gone),
        new Version("v1"),
        Optional.of(new Version("v2")),
        List.of("jq"),
        42,
        settings,
        environment.home().directory(),
        environment.userHome(),
        environment.workingDirectory(),
        environment.variables(),
        environment.clock(),
        Cancellation.NEVER);
  }

  /**
   * What each check of a phase found, or how it failed, by its id: all at once, as the runner does.
   */
  Map<String, Object> run(Phase phase) throws Exception {
    CheckContext context = context(phase);
    Map<String, Future<List<Finding>>> running = new TreeMap<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      for (Validator each : checks.validators(phase, true)) {
        Callable<List<Finding>> call = () -> each.check(context);
        running.put(each.id(), threads.submit(call));
      }
      Map<String, Object> results = new TreeMap<>();
      for (var each : running.entrySet()) {
        try {
          results.put(each.getKey(), each.getValue().get());
        } catch (ExecutionException e) {
          results.put(each.getKey(), e.getCause());
        }
      }
      return results;
    }
  }

  @Override
  public void close() throws Exception {
    services.close();
    sandbox.close();
  }
}
