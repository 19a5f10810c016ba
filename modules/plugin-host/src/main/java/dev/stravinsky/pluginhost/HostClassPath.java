package dev.stravinsky.pluginhost;

import java.net.URL;
import java.util.Optional;

/** Finds the JARs that the host runs on. */
final class HostClassPath {
  private HostClassPath() {}

  /** The root that a class was loaded from, ready to be followed by an entry's path. */
  static String rootOf(Class<?> type) {
    String file = "/" + type.getName().replace('.', '/') + ".class";
    String url = type.getResource(file).toString();
    return url.substring(0, url.length() - file.length() + 1);
  }

  /** The {@code file:} URL of the JAR that has a class. */
  static Optional<String> jarWith(String className) {
    String file = className.replace('.', '/') + ".class";
    URL url = HostClassPath.class.getClassLoader().getResource(file);
    if (url == null || !url.getProtocol().equals("jar")) {
      return Optional.empty();
    }
    String whole = url.toString();
    return Optional.of(whole.substring("jar:".length(), whole.indexOf("!/")));
  }
}
