package dev.stravinsky.pluginhost;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Manifest;
import org.osgi.framework.BundleException;

/**
 * A JAR that the host itself runs on, or the folder in its place.
 *
 * @param root its URL, ready to be followed by an entry's path
 */
record HostJar(String root) {

  /** The one that has a class. */
  static HostJar with(String className) throws BundleException {
    String file = className.replace('.', '/') + ".class";
    URL url = HostJar.class.getClassLoader().getResource(file);
    if (url == null) {
      throw new BundleException("no JAR with " + className);
    }
    return new HostJar(url.toString().substring(0, url.toString().length() - file.length()));
  }

  /** Of its manifest. */
  Map<String, String> headers() {
    try (InputStream in = URI.create(root + "META-INF/MANIFEST.MF").toURL().openStream()) {
      Map<String, String> headers = new TreeMap<>();
      new Manifest(in)
          .getMainAttributes()
          .forEach((name, value) -> headers.put(name.toString(), value.toString()));
      return headers;
    } catch (IOException e) {
      throw new UncheckedIOException("no manifest in " + root, e);
    }
  }
}
