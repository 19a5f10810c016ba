package dev.stravinsky.pluginhost;

import java.io.File;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleException;
import org.osgi.framework.connect.ConnectModule;
import org.osgi.framework.connect.ModuleConnector;

/**
 * Makes JARs that the host itself runs on bundles. Plugins are so wired to the very classes of the
 * {@code api} that the host speaks; and what the host needs beside has its classes out of the
 * start-up cache, as those of a bundle's own class loader cannot be.
 */
final class HostBundles implements ModuleConnector {
  private static final String SCHEME = "stravinsky:";

  /** Where the bundle is installed from that has a class; {@link #connect} knows the place. */
  static String with(String className) {
    return SCHEME + className;
  }

  @Override
  public void initialize(File storage, Map<String, String> configuration) {}

  @Override
  public Optional<BundleActivator> newBundleActivator() {
    return Optional.empty();
  }

  @Override
  public Optional<ConnectModule> connect(String location) throws BundleException {
    return location.startsWith(SCHEME)
        ? Optional.of(new ConnectedBundle(HostJar.with(location.substring(SCHEME.length()))))
        : Optional.empty();
  }
}
