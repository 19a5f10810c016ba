package dev.stravinsky.validator.external;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.check.PluginServices;
import dev.stravinsky.spi.AuditSink;
import dev.stravinsky.spi.BackupListener;
import dev.stravinsky.spi.Notifier;
import dev.stravinsky.spi.ReleaseSource;
import dev.stravinsky.spi.TargetProvider;
import dev.stravinsky.spi.Validator;
import dev.stravinsky.validator.external.HostDescription.Hosted;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What plugins bring to one command, all of it served by one plugin host. */
final class HostedServices implements PluginServices, AutoCloseable {

  /**
   * A kind beside the checks.
   *
   * @param name as in the protocol
   * @param proxy makes what the product calls
   */
  private record Kind(String name, Function<HostedService, Object> proxy) {}

  private static final Map<Class<?>, Kind> KINDS =
      Map.of(
          AuditSink.class, new Kind("audit-sink", HostedSink::new),
          BackupListener.class, new Kind("backup-listener", HostedListener::new),
          Notifier.class, new Kind("notifier", HostedNotifier::new),
          ReleaseSource.class, new Kind("release-source", HostedSource::new),
          TargetProvider.class, new Kind("target-provider", HostedTargets::new));

  private final Environment environment;
  private final PluginHost host;
  private final UnaryOperator<Duration> limits;
  private final Map<Class<?>, List<?>> made = new HashMap<>();
  private final AtomicBoolean warm = new AtomicBoolean();
  private Optional<List<DeclaredPlugin>> declared = Optional.empty();

  /** Cheap: nothing is looked for or started yet. */
  HostedServices(Services services) {
    this(
        services.environment(),
        new PluginHost(services.externalChecks(), services.environment().variables()),
        UnaryOperator.identity());
  }

  HostedServices(Environment environment, PluginHost host, UnaryOperator<Duration> limits) {
    this.environment = environment;
    this.host = host;
    this.limits = limits;
  }

  PluginHost host() {
    return host;
  }

  /** Whoever can asks for it, as early as possible; the first is enough. */
  @Override
  public void warmUp() {
    if (warm.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("plugin-host start").start(this::start);
    }
  }

  private void start() {
    host.launch();
    // Before the host reads the same files: one that is dropped in between is not missed there.
    if (!declared().isEmpty()) {
      host.description();
    }
  }

  @Override
  public void noMoreChecks() {
    if (KINDS.keySet().stream().allMatch(kind -> proxies(kind).isEmpty())) {
      host.end();
    }
  }

  @Override
  public boolean areDeclared(Class<?> kind) {
    return declared().stream().anyMatch(plugin -> plugin.declares(kind));
  }

  @Override
  public <S> List<S> all(Class<S> kind) {
    List<?> all = kind == Validator.class ? checks() : proxies(kind);
    return all.stream().map(kind::cast).toList();
  }

  /** Those of one command remember what the plugin answered, or that it hung. */
  private synchronized List<?> proxies(Class<?> type) {
    return made.computeIfAbsent(type, this::make);
  }

  private List<?> make(Class<?> type) {
    Kind kind = KINDS.get(type);
    if (kind == null) {
      throw new IllegalArgumentException("plugins have no services of " + type);
    }
    return declared().stream()
        .filter(plugin -> plugin.declares(type))
        .map(plugin -> kind.proxy().apply(new HostedService(host, plugin, kind.name(), limits)))
        .toList();
  }

  private synchronized List<DeclaredPlugin> declared() {
    if (declared.isEmpty()) {
      declared = Optional.of(host.hasPlugins() ? DeclaredPlugin.read(files()) : List.of());
    }
    return declared.get();
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (Path folder : List.of(environment.userPlugins(), environment.distributionPlugins())) {
      try {
        files.addAll(PluginFolders.files(folder));
      } catch (IOException e) {
        // The host cannot list it either, and says so: it is reported as a plugin that failed.
        continue;
      }
    }
    return files;
  }

  private List<Validator> checks() {
    HostDescription description = host.description();
    List<Validator> all = new ArrayList<>();
    description.failure().ifPresent(reason -> all.add(new FailedCheck("plugin-host", reason)));
    for (Hosted each : description.plugins()) {
      if (each.failed()) {
        String reason = each.plugin().file() + ": " + each.plugin().reason().orElse("");
        all.add(new FailedCheck("plugin/" + each.plugin().name(), reason));
      } else if (each.hasTwinIn(description.plugins())) {
        all.add(new TwinPlugin(each.plugin()));
      }
    }
    description.checks().forEach(hosted -> all.add(new HostedCheck(host, hosted)));
    return all;
  }

  @Override
  public void close() {
    host.close();
  }
}
