package dev.stravinsky.api;

import dev.stravinsky.api.audit.AuditTrail;
import dev.stravinsky.api.backup.BackupStore;
import dev.stravinsky.api.backup.InstalledVersions;
import dev.stravinsky.api.check.CheckRunner;
import dev.stravinsky.api.check.ExternalChecks;
import dev.stravinsky.api.check.PluginServices;
import dev.stravinsky.api.check.Plugins;
import dev.stravinsky.api.config.ConfigStore;
import dev.stravinsky.api.config.Settings;
import dev.stravinsky.api.merge.Merger;
import dev.stravinsky.api.recovery.Recovery;
import dev.stravinsky.api.release.ChannelFolders;
import dev.stravinsky.api.release.Channels;
import dev.stravinsky.api.release.ReleaseBuilder;
import dev.stravinsky.api.release.Releases;
import dev.stravinsky.api.report.Notifications;
import dev.stravinsky.api.report.ReportPage;
import dev.stravinsky.api.report.StatisticsReport;
import dev.stravinsky.api.transaction.Conflicts;
import dev.stravinsky.api.transaction.Transactions;
import dev.stravinsky.api.update.Guard;
import dev.stravinsky.api.update.Holds;
import dev.stravinsky.api.update.Restorer;
import dev.stravinsky.api.update.Updater;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The way to every service of one {@link Environment}: each is found by {@link ServiceLoader},
 * built at its first use and closed with this object, the last built first.
 *
 * <p>Safe for use by several threads.
 */
public final class Services implements AutoCloseable {
  /**
   * Looked for once in a process, in which they cannot change. Where this is a module only modules
   * are asked: to search JARs as well would take 10 ms.
   */
  private static final ClassValue<List<? extends ServiceLoader.Provider<?>>> PROVIDERS =
      new ClassValue<>() {
        @Override
        protected List<? extends ServiceLoader.Provider<?>> computeValue(Class<?> type) {
          return Providers.of(type).stream().toList();
        }
      };

  private final Environment environment;
  private final boolean plugins;
  private final Map<Class<?>, Object> services = new HashMap<>();
  private final Deque<AutoCloseable> closeables = new ArrayDeque<>();
  private Optional<Settings> settings = Optional.empty();

  private Services(Environment environment, boolean plugins) {
    this.environment = environment;
    this.plugins = plugins;
  }

  public static Services in(Environment environment) {
    return new Services(environment, true);
  }

  /** As if there were no plugin of any kind: none is looked at, no plugin host is started. */
  public static Services withoutPlugins(Environment environment) {
    return new Services(environment, false);
  }

  public Environment environment() {
    return environment;
  }

  /** The settings in force, read once. Throws as {@link ConfigStore#load}. */
  public synchronized Settings settings() throws IOException {
    if (settings.isEmpty()) {
      settings = Optional.of(config().load());
    }
    return settings.get();
  }

  public ConfigStore config() {
    return service(ConfigStore.Factory.class);
  }

  public AuditTrail audit() {
    return service(AuditTrail.Factory.class);
  }

  public BackupStore backups() {
    return service(BackupStore.Factory.class);
  }

  public InstalledVersions installed() {
    return service(InstalledVersions.Factory.class);
  }

  public Holds holds() {
    return service(Holds.Factory.class);
  }

  public CheckRunner checks() {
    return service(CheckRunner.Factory.class);
  }

  public Plugins plugins() {
    return service(Plugins.Factory.class);
  }

  /** What plugins bring; nothing where they are not wanted, or no module serves them. */
  public synchronized PluginServices pluginServices() {
    boolean served =
        plugins
            && (services.containsKey(PluginServices.Factory.class)
                || !providers(PluginServices.Factory.class).isEmpty());
    return served ? service(PluginServices.Factory.class) : PluginServices.NONE;
  }

  /** The plugin host's processes; empty where the distribution comes without it. */
  public Optional<ExternalChecks> externalChecks() {
    return providers(ExternalChecks.Factory.class).isEmpty()
        ? Optional.empty()
        : Optional.of(service(ExternalChecks.Factory.class));
  }

  public Transactions transactions() {
    return service(Transactions.Factory.class);
  }

  public Releases releases() {
    return service(Releases.Factory.class);
  }

  /** What the configured channel offers. */
  public Channels channels() {
    return service(Channels.Factory.class);
  }

  /** Channels of one's own. */
  public ChannelFolders channelFolders() {
    return service(ChannelFolders.Factory.class);
  }

  /** Releases of one's own. */
  public ReleaseBuilder releaseBuilder() {
    return service(ReleaseBuilder.Factory.class);
  }

  public Merger merger() {
    return service(Merger.Factory.class);
  }

  public Conflicts conflicts() {
    return service(Conflicts.Factory.class);
  }

  public Updater updater() {
    return service(Updater.Factory.class);
  }

  public Guard guard() {
    return service(Guard.Factory.class);
  }

  public Restorer restorer() {
    return service(Restorer.Factory.class);
  }

  public Recovery recovery() {
    return service(Recovery.Factory.class);
  }

  public StatisticsReport statistics() {
    return service(StatisticsReport.Factory.class);
  }

  public ReportPage reportPage() {
    return service(ReportPage.Factory.class);
  }

  public Notifications notifications() {
    return service(Notifications.Factory.class);
  }

  /** Every target of the scope, by all providers. */
  public Targets targets() {
    return new Targets(this);
  }

  /** Closes what was built; all of it, also where one fails. */
  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (Optional<AutoCloseable> next = last(); next.isPresent(); next = last()) {
      try {
        // Not in the lock: what is closed may wait for a thread that asks for a service.
        next.get().close();
      } catch (Exception e) {
        if (failure == null) {
          failure = new IOException("a service could not be closed", e);
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private synchronized Optional<AutoCloseable> last() {
    return Optional.ofNullable(closeables.poll());
  }

  /** Providers of a kind of which there may be many, in a stable order. */
  <P> List<P> all(Class<P> type) {
    return providers(type).stream()
        .sorted((a, b) -> a.type().getName().compareTo(b.type().getName()))
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  @SuppressWarnings("unchecked") // What is kept of a type was loaded for it.
  private static <P> List<ServiceLoader.Provider<P>> providers(Class<P> type) {
    return (List<ServiceLoader.Provider<P>>) (List<?>) PROVIDERS.get(type);
  }

  private synchronized <S> S service(Class<? extends ServiceFactory<S>> factory) {
    Object known = services.get(factory);
    if (known == null) {
      known =
          providers(factory).stream()
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("no module provides " + factory))
              .get()
              .create(this);
      services.put(factory, known);
      if (known instanceof AutoCloseable closeable) {
        closeables.push(closeable);
      }
    }
    @SuppressWarnings("unchecked")
    S typed = (S) known;
    return typed;
  }
}
