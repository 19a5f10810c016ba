package dev.stravinsky.dist;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Where the packaged distribution and the sources are; Maven says it. */
final class Distribution {
  static final Path SOURCES = Path.of(System.getProperty("stravinsky.sources")).normalize();
  static final Path HOME = Path.of(System.getProperty("stravinsky.distribution"));

  private Distribution() {}

  static Path launcher() {
    return HOME.resolve("bin/stravinsky");
  }

  /** The packed distribution beside the unpacked one. */
  static Path archive() throws IOException {
    try (Stream<Path> files = Files.list(HOME.getParent())) {
      return files
          .filter(file -> name(file).endsWith("-linux-x64.tar.gz"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** The core modules' JARs, those of the test modules among them. */
  static List<Path> moduleJars() throws IOException {
    return Stream.concat(jars("lib").stream(), jars("chaos").stream())
        .filter(jar -> name(jar).startsWith("dev.stravinsky."))
        .filter(jar -> !name(jar).startsWith("dev.stravinsky.chaos-harness"))
        .toList();
  }

  /** The classes of the core modules but these, as they were packaged. */
  static JavaClasses classesWithout(String... modules) throws IOException {
    return classes(
        moduleJars().stream()
            .filter(jar -> Stream.of(modules).noneMatch(module -> isOf(module, jar)))
            .toList());
  }

  private static boolean isOf(String module, Path jar) {
    return name(jar).startsWith("dev.stravinsky." + module + "-");
  }

  /** The classes in the JARs, as they were packaged. */
  static JavaClasses classes(List<Path> jars) throws IOException {
    List<JarFile> open = new ArrayList<>();
    try {
      for (Path jar : jars) {
        open.add(new JarFile(jar.toFile()));
      }
      return new ClassFileImporter().importJars(open);
    } finally {
      for (JarFile jar : open) {
        jar.close();
      }
    }
  }

  static List<Path> jars(String folder) throws IOException {
    try (Stream<Path> files = Files.list(HOME.resolve(folder))) {
      return files.filter(file -> name(file).endsWith(".jar")).sorted().toList();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
