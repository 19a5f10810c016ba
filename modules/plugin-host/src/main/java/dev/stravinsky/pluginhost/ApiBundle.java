package dev.stravinsky.pluginhost;

import dev.stravinsky.spi.Validator;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Manifest;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.connect.ConnectContent;
import org.osgi.framework.connect.ConnectModule;
import org.osgi.framework.connect.ModuleConnector;

/**
 * Makes the {@code api} JAR that the host itself runs on a bundle, with its own manifest and the
 * host's class loader: plugins are wired to the very classes that the host speaks.
 */
final class ApiBundle implements ModuleConnector, ConnectModule, ConnectContent {
  static final String LOCATION = "stravinsky:api";

  @Override
  public void initialize(File storage, Map<String, String> configuration) {}

  @Override
  public Optional<BundleActivator> newBundleActivator() {
    return Optional.empty();
  }

  @Override
  public Optional<ConnectModule> connect(String location) {
    return location.equals(LOCATION) ? Optional.of(this) : Optional.empty();
  }

  @Override
  public ConnectContent getContent() {
    return this;
  }

  @Override
  public Optional<Map<String, String>> getHeaders() {
    URI manifest = URI.create(HostClassPath.rootOf(Validator.class) + "META-INF/MANIFEST.MF");
    try (InputStream in = manifest.toURL().openStream()) {
      Map<String, String> headers = new TreeMap<>();
      new Manifest(in)
          .getMainAttributes()
          .forEach((name, value) -> headers.put(name.toString(), value.toString()));
      return Optional.of(headers);
    } catch (IOException e) {
      throw new UncheckedIOException("the api's manifest cannot be read", e);
    }
  }

  @Override
  public Iterable<String> getEntries() {
    return List.of();
  }

  @Override
  public Optional<ConnectEntry> getEntry(String path) {
    return Optional.empty();
  }

  @Override
  public Optional<ClassLoader> getClassLoader() {
    return Optional.of(Validator.class.getClassLoader());
  }

  @Override
  public void open() {}

  @Override
  public void close() {}
}
