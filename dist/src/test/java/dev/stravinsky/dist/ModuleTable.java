package dev.stravinsky.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The module table of {@code docs/architecture.md}: the document is the rule. */
final class ModuleTable {

  /**
   * A line of the table.
   *
   * @param name as the folder is called
   * @param uses modules and libraries as the table names them
   */
  record Row(String name, List<String> uses) {
    String moduleName() {
      return "dev.stravinsky." + name.replace("-", "");
    }

    /** Packages that its classes may use beside the JDK's, in ArchUnit's notation. */
    String[] packages() {
      return Stream.concat(
              Stream.concat(Stream.of(moduleName() + "..", "dev.stravinsky.spi.."), JDK.stream()),
              Stream.concat(BUILD_ANNOTATIONS.stream(), uses.stream().flatMap(Row::packagesOf)))
          .toArray(String[]::new);
    }

    /** Modules that it may require beside the JDK's. */
    List<String> modules() {
      return uses.stream().flatMap(Row::modulesOf).toList();
    }

    private static Stream<String> packagesOf(String use) {
      Library library = LIBRARIES.get(use);
      return library == null ? Stream.of("dev.stravinsky." + use + "..") : library.packages();
    }

    private static Stream<String> modulesOf(String use) {
      Library library = LIBRARIES.get(use);
      return library == null ? Stream.of("dev.stravinsky." + use) : library.modules().stream();
    }
  }

  private record Library(List<String> modules, String... roots) {
    Stream<String> packages() {
      return Stream.of(roots).map(root -> root + "..");
    }
  }

  /** With those that the JDK has from others. */
  private static final List<String> JDK =
      List.of("java..", "javax..", "org.w3c.dom..", "org.xml.sax..");

  private static final List<String> BUILD_ANNOTATIONS =
      List.of("aQute.bnd.annotation..", "org.osgi.annotation..", "org.osgi.service.component..");

  private static final Map<String, Library> LIBRARIES =
      Map.ofEntries(
          Map.entry(
              "jackson",
              new Library(
                  List.of("tools.jackson.databind", "tools.jackson.core"), "tools.jackson")),
          Map.entry(
              "jackson-core", new Library(List.of("tools.jackson.core"), "tools.jackson.core")),
          Map.entry("httpserver", new Library(List.of("jdk.httpserver"), "com.sun.net.httpserver")),
          Map.entry("sqlite", new Library(List.of("org.xerial.sqlitejdbc"), "org.sqlite")),
          Map.entry(
              "compress",
              new Library(List.of("org.apache.commons.compress"), "org.apache.commons.compress")),
          Map.entry("schema", new Library(List.of("com.networknt.schema"), "com.networknt.schema")),
          Map.entry(
              "commonmark",
              new Library(
                  List.of("org.commonmark", "org.commonmark.ext.front.matter"), "org.commonmark")),
          Map.entry("yaml", new Library(List.of("org.snakeyaml.engine"), "org.snakeyaml.engine")),
          Map.entry("diff", new Library(List.of("io.github.javadiffutils"), "com.github.difflib")),
          Map.entry(
              "felix",
              new Library(
                  List.of("org.apache.felix.framework"),
                  "org.apache.felix.framework",
                  "org.osgi.framework",
                  "org.osgi.util.tracker")),
          Map.entry("picocli", new Library(List.of("info.picocli"), "picocli")),
          Map.entry("progressbar", new Library(List.of("me.tongfei.progressbar"), "me.tongfei")),
          Map.entry("jimfs", new Library(List.of("com.google.common.jimfs"), "com.google.common")),
          Map.entry("assertj", new Library(List.of("org.assertj.core"), "org.assertj")),
          Map.entry(
              "junit",
              new Library(
                  List.of("org.junit.jupiter.api", "org.junit.jupiter.params"),
                  "org.junit",
                  // JUnit's own exceptions, which its API module exports along with itself.
                  "org.opentest4j")));

  private ModuleTable() {}

  static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Distribution.SOURCES.resolve("docs/architecture.md"))) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 5 && cells[1].strip().startsWith("`")) {
        rows.add(
            new Row(
                cells[1].strip().replace("`", ""),
                Stream.of(cells[3].split(","))
                    .map(String::strip)
                    .filter(s -> !s.isEmpty())
                    .toList()));
      }
    }
    return rows;
  }
}
