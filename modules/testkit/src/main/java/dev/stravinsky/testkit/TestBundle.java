package dev.stravinsky.testkit;

import dev.stravinsky.spi.AuditSink;
import dev.stravinsky.spi.BackupListener;
import dev.stravinsky.spi.Notifier;
import dev.stravinsky.spi.ReleaseSource;
import dev.stravinsky.spi.TargetProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * A plugin's JAR made of the classes in the package of its activator, for tests that drop plugins
 * into folders. It imports {@code dev.stravinsky.spi} and the packages that its services need, and
 * declares those that the activator itself is.
 */
public final class TestBundle {
  private static final List<Class<?>> KINDS =
      List.of(
          AuditSink.class,
          BackupListener.class,
          Notifier.class,
          ReleaseSource.class,
          TargetProvider.class);

  private final Class<?> activator;
  private final Manifest manifest = new Manifest();

  private TestBundle(Class<?> activator) {
    this.activator = activator;
    header("Manifest-Version", "1.0");
    header("Bundle-ManifestVersion", "2");
    header("Bundle-SymbolicName", name(activator));
    header("Bundle-Version", "1.2.3");
    header("Bundle-Activator", activator.getName());
    header(
        "Import-Package",
        "org.osgi.framework,dev.stravinsky.spi,dev.stravinsky.api,dev.stravinsky.api.error,"
            + "dev.stravinsky.api.config,dev.stravinsky.api.audit,dev.stravinsky.api.backup");
    String declared =
        KINDS.stream()
            .filter(kind -> kind.isAssignableFrom(activator))
            .map(kind -> "osgi.service;objectClass:List<String>=\"" + kind.getName() + "\"")
            .collect(Collectors.joining(","));
    if (!declared.isEmpty()) {
      header("Provide-Capability", declared);
    }
  }

  /**
   * A bundle that starts with this class.
   *
   * @param activator of a package that was compiled into a folder, not a JAR
   */
  public static TestBundle of(Class<?> activator) {
    return new TestBundle(activator);
  }

  /** The symbolic name that a bundle gets. */
  public static String name(Class<?> activator) {
    return "test." + activator.getSimpleName();
  }

  /** With this header of the manifest in the place of the one that it has. */
  public TestBundle header(String name, String value) {
    manifest.getMainAttributes().put(new Attributes.Name(name), value);
    return this;
  }

  /** Without this header of the manifest. */
  public TestBundle without(String header) {
    manifest.getMainAttributes().remove(new Attributes.Name(header));
    return this;
  }

  /** The JAR's bytes. */
  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      Path here = Path.of(activator.getResource(simpleFile()).toURI()).getParent();
      String folder = activator.getPackageName().replace('.', '/') + "/";
      try (DirectoryStream<Path> classes = Files.newDirectoryStream(here, "*.class")) {
        for (Path each : classes) {
          jar.putNextEntry(new JarEntry(folder + each.getFileName()));
          try (InputStream in = Files.newInputStream(each)) {
            in.transferTo(jar);
          }
          jar.closeEntry();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private String simpleFile() {
    String name = activator.getName();
    return name.substring(name.lastIndexOf('.') + 1) + ".class";
  }
}
