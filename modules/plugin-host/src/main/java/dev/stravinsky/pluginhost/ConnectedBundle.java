package dev.stravinsky.pluginhost;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.connect.ConnectContent;
import org.osgi.framework.connect.ConnectModule;

/** A JAR of the host's class path with its own manifest and the host's class loader. */
final class ConnectedBundle implements ConnectModule, ConnectContent {
  private final HostJar jar;

  ConnectedBundle(HostJar jar) {
    this.jar = jar;
  }

  @Override
  public ConnectContent getContent() {
    return this;
  }

  @Override
  public Optional<Map<String, String>> getHeaders() {
    return Optional.of(jar.headers());
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
