package dev.stravinsky.dist;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** An OSGi framework that knows nothing of Stravinsky, with the distribution's bundles in it. */
final class PlainFelix implements AutoCloseable {
  // Logging is the framework's in OSGi, as Karaf has it: SLF4J's own bundle wants a mediator.
  private static final String LOGGING =
      "org.slf4j;version=2.0.20,org.slf4j.event;version=2.0.20,"
          + "org.slf4j.helpers;version=2.0.20,org.slf4j.spi;version=2.0.20";

  private final Framework framework;
  private final Map<ModuleDescriptor, Bundle> core = new LinkedHashMap<>();
  private final List<Bundle> declarativeServices = new ArrayList<>();

  PlainFelix(Path cache) throws IOException, BundleException {
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    cache.toString(),
                    Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                    LOGGING));
    framework.start();
    List<Path> ours = Distribution.moduleJars();
    for (String folder : List.of("lib", "chaos", "lib/bundles")) {
      for (Path jar : Distribution.jars(folder)) {
        if (!isBundle(jar) || isFramework(jar)) {
          continue;
        }
        Bundle bundle = framework.getBundleContext().installBundle(jar.toUri().toString());
        if (ours.contains(jar)) {
          core.put(ModuleFinder.of(jar).findAll().iterator().next().descriptor(), bundle);
        } else if (folder.equals("lib/bundles")) {
          declarativeServices.add(bundle);
        }
      }
    }
  }

  /** The core modules, by what their {@code module-info} says. */
  Map<ModuleDescriptor, Bundle> core() {
    return core;
  }

  Framework framework() {
    return framework;
  }

  /** Starts Felix SCR and then every core bundle. */
  void startAll() throws BundleException {
    for (Bundle bundle : declarativeServices) {
      bundle.start();
    }
    for (Bundle bundle : core.values()) {
      bundle.start();
    }
  }

  private static boolean isBundle(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getManifest() != null
          && file.getManifest().getMainAttributes().getValue("Bundle-SymbolicName") != null;
    }
  }

  private static boolean isFramework(Path jar) {
    String name = jar.getFileName().toString();
    return name.contains("org.apache.felix.framework") || name.contains("slf4j-api");
  }

  @Override
  public void close() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(10_000);
  }
}
