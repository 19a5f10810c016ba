package dev.stravinsky.validator.external;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A plugin as its manifest declares it, which can be read without starting anything: so a command
 * that needs none of its kinds does not start the plugin host.
 *
 * @param name the bundle's symbolic name
 * @param capabilities its {@code Provide-Capability}
 */
record DeclaredPlugin(String name, Path file, String capabilities) {

  /** The plugins of these files; of two with the same name the first, as in the host. */
  static List<DeclaredPlugin> read(List<Path> files) {
    List<DeclaredPlugin> plugins = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Path file : files) {
      // A file that cannot be read declares nothing; its check says what is wrong with it.
      read(file).filter(plugin -> names.add(plugin.name())).ifPresent(plugins::add);
    }
    return plugins;
  }

  /** Whether it says that it brings services of a kind: an {@code osgi.service} of that class. */
  boolean declares(Class<?> kind) {
    return Pattern.compile("(?<![\\w.])" + Pattern.quote(kind.getName()) + "(?![\\w.])")
        .matcher(capabilities)
        .find();
  }

  private static Optional<DeclaredPlugin> read(Path file) {
    try {
      return manifest(file).flatMap(manifest -> of(file, manifest.getMainAttributes()));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<DeclaredPlugin> of(Path file, Attributes attributes) {
    return Optional.ofNullable(attributes.getValue("Bundle-SymbolicName"))
        .map(header -> PlainText.line(header.split(";", 2)[0]))
        .map(
            name ->
                new DeclaredPlugin(
                    name,
                    file,
                    Optional.ofNullable(attributes.getValue("Provide-Capability")).orElse("")));
  }

  /** It comes first in what build tools make, but need not. */
  private static Optional<Manifest> manifest(Path file) throws IOException {
    try (ZipInputStream zip =
        new ZipInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
          return Optional.of(new Manifest(zip));
        }
      }
    }
    return Optional.empty();
  }
}
