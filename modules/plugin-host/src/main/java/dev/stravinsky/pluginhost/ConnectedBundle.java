package dev.stravinsky.pluginhost;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Manifest;
import org.osgi.framework.connect.ConnectContent;
import org.osgi.framework.connect.ConnectModule;

/** A JAR of the host's class path with its own manifest and the host's class loader. */
final class ConnectedBundle implements ConnectModule, ConnectContent {
  private final String root;

  /**
   * @param root the URL before an entry's path
   */
  ConnectedBundle(String root) {
    this.root = root;
  }

  @Override
  public ConnectContent getContent() {
    return this;
  }

  @Override
  public Optional<Map<String, String>> getHeaders() {
    try (InputStream in = URI.create(root + "META-INF/MANIFEST.MF").toURL().openStream()) {
      Map<String, String> headers = new TreeMap<>();
      new Manifest(in)
          .getMainAttributes()
          .forEach((name, value) -> headers.put(name.toString(), value.toString()));
      return Optional.of(headers);
    } catch (IOException e) {
      throw new UncheckedIOException("no manifest in " + root, e);
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
    return Optional.of(ConnectedBundle.class.getClassLoader());
  }

  @Override
  public void open() {}

  @Override
  public void close() {}
}
