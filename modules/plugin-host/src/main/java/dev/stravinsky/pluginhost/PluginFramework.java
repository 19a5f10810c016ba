package dev.stravinsky.pluginhost;

import dev.stravinsky.api.check.Plugins.State;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.connect.ConnectFrameworkFactory;
import org.osgi.framework.launch.Framework;

/** Felix with the plugins in it: each is installed and started on its own, and may fail alone. */
final class PluginFramework {
  private static final String COMPONENT_HEADER = "Service-Component";

  // The host's own bundles, each by a class of its own.
  private static final String API = "dev.stravinsky.spi.Validator";
  private static final String DECLARATIVE_SERVICES = "org.apache.felix.scr.impl.Activator";

  private final Framework framework;
  private final Map<Path, Bundle> bundles = new LinkedHashMap<>();

  private PluginFramework(Framework framework) {
    this.framework = framework;
  }

  /** A running framework that has the {@code api} bundle and nothing else. */
  static PluginFramework start(Path cache) throws BundleException {
    Framework framework =
        ServiceLoader.load(ConnectFrameworkFactory.class)
            .findFirst()
            .orElseThrow(() -> new BundleException("Felix is not on the host's class path"))
            .newFramework(configuration(cache), new HostBundles());
    framework.start();
    install(framework, API);
    return new PluginFramework(framework);
  }

  private static void install(Framework framework, String className) throws BundleException {
    framework.getBundleContext().installBundle(HostBundles.with(className)).start();
  }

  private static Map<String, String> configuration(Path cache) throws BundleException {
    return Map.of(
        Constants.FRAMEWORK_STORAGE,
        cache.toString(),
        Constants.FRAMEWORK_STORAGE_CLEAN,
        Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
        Constants.FRAMEWORK_SYSTEMPACKAGES,
        SystemPackages.all(),
        // The cache is this process's own.
        "felix.cache.locking",
        "false",
        "felix.log.level",
        "1");
  }

  /** Installs the file; nothing of it runs yet. */
  HostedPlugin install(Path file) {
    JarContent content = JarContent.read(file);
    if (content.fault().isPresent()) {
      return HostedPlugin.invalid(file, content.fault().get());
    }
    Bundle bundle;
    try {
      bundle =
          framework.getBundleContext().installBundle(file.toUri().toString(), content.stream());
    } catch (BundleException e) {
      return duplicate(file, content, e)
          .orElseGet(() -> HostedPlugin.invalid(file, "it is not a bundle: " + Sentences.of(e)));
    } catch (RuntimeException e) {
      return HostedPlugin.invalid(file, "it cannot be read: " + Sentences.of(e));
    }
    if (bundle.getSymbolicName() == null) {
      uninstall(bundle);
      return HostedPlugin.invalid(
          file, "it is not a bundle: its manifest has no Bundle-SymbolicName");
    }
    HostedPlugin plugin = plugin(bundle, file);
    Optional<Path> first = withName(bundle.getSymbolicName());
    if (first.isPresent()) {
      uninstall(bundle);
      return plugin.supersededBy(first.get());
    }
    bundles.put(file, bundle);
    return plugin;
  }

  /** Same name and same version: Felix does not say of which bundle. */
  private Optional<HostedPlugin> duplicate(Path file, JarContent content, BundleException failure) {
    if (failure.getType() != BundleException.DUPLICATE_BUNDLE_ERROR) {
      return Optional.empty();
    }
    return content
        .symbolicName()
        .flatMap(this::withName)
        .map(first -> plugin(bundles.get(first), file).supersededBy(first));
  }

  private static HostedPlugin plugin(Bundle bundle, Path file) {
    return new HostedPlugin(
        bundle.getSymbolicName(),
        bundle.getVersion().toString(),
        file,
        State.INACTIVE,
        List.of(),
        Optional.empty(),
        false);
  }

  private Optional<Path> withName(String symbolicName) {
    return bundles.entrySet().stream()
        .filter(b -> b.getValue().getSymbolicName().equals(symbolicName))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static void uninstall(Bundle bundle) {
    try {
      bundle.uninstall();
    } catch (BundleException e) {
      e.printStackTrace();
    }
  }

  /** Starts Declarative Services, if a plugin needs them; what is wrong with them, if anything. */
  Optional<String> startComponents(Consumer<String> aboutToStart) {
    boolean needed =
        bundles.values().stream().anyMatch(b -> b.getHeaders("").get(COMPONENT_HEADER) != null);
    if (!needed) {
      return Optional.empty();
    }
    aboutToStart.accept("Declarative Services");
    try {
      install(framework, DECLARATIVE_SERVICES);
      return Optional.empty();
    } catch (BundleException e) {
      return Optional.of(Sentences.of(e));
    }
  }

  /** Starts an installed plugin and finds what it provides. */
  HostedPlugin start(HostedPlugin plugin, FoundServices found) {
    Bundle bundle = bundles.get(plugin.file());
    try {
      // A fragment has nothing to start, and lends its content to its host.
      if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
        bundle.start();
      }
    } catch (BundleException e) {
      e.printStackTrace();
      return plugin.failing(
          e.getType() == BundleException.RESOLVE_ERROR
              ? "it does not resolve: " + Sentences.of(e)
              : "it does not start: " + Sentences.of(e.getCause() == null ? e : e.getCause()));
    } catch (Throwable e) {
      e.printStackTrace();
      return plugin.failing("it does not start: " + Sentences.of(e));
    }
    return ProvidedServices.of(plugin, bundle, framework.getBundleContext(), found);
  }

  boolean isInstalled(HostedPlugin plugin) {
    return bundles.containsKey(plugin.file());
  }

  private static void stop(Bundle bundle) {
    try {
      bundle.stop();
    } catch (BundleException | RuntimeException e) {
      e.printStackTrace();
    }
  }

  /**
   * Stops the plugins, the last started first, as long as it may take; some stop methods never
   * return.
   */
  void stop(long limitMillis) {
    Thread stopping =
        Thread.ofPlatform()
            .daemon()
            .start(() -> List.copyOf(bundles.values()).reversed().forEach(PluginFramework::stop));
    try {
      stopping.join(limitMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
