package dev.stravinsky.claude.imports;

import dev.stravinsky.claude.ResultingFiles;
import dev.stravinsky.spi.CheckContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where Node.js finds what a file imports, in the state that is judged. */
final class NodeModules {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final List<String> ENDINGS =
      List.of("", ".js", ".json", ".node", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".jsx", ".tsx");
  private static final Set<String> BUILT_IN =
      Set.of(
          "assert",
          "async_hooks",
          "buffer",
          "child_process",
          "cluster",
          "console",
          "constants",
          "crypto",
          "dgram",
          "diagnostics_channel",
          "dns",
          "domain",
          "events",
          "fs",
          "http",
          "http2",
          "https",
          "inspector",
          "module",
          "net",
          "os",
          "path",
          "perf_hooks",
          "process",
          "punycode",
          "querystring",
          "readline",
          "repl",
          "stream",
          "string_decoder",
          "sys",
          "timers",
          "tls",
          "trace_events",
          "tty",
          "url",
          "util",
          "v8",
          "vm",
          "wasi",
          "worker_threads",
          "zlib");

  private final ResultingFiles files;
  private final CheckContext context;

  NodeModules(ResultingFiles files, CheckContext context) {
    this.files = files;
    this.context = context;
  }

  /** What a name leads to. */
  sealed interface Found {
    /** A file of the user's or the release's own. */
    record Own(Path file) implements Found {}

    /** A package, something built in, or what cannot be looked up. */
    record Elsewhere() implements Found {}

    /** Nothing. */
    record Nothing() implements Found {}
  }

  Found find(String name, Path folder) throws IOException {
    try {
      if (name.startsWith("./") || name.startsWith("../") || name.matches("\\.{1,2}")) {
        return own(folder.resolve(name).normalize());
      }
      if (name.startsWith("/")) {
        return own(folder.getFileSystem().getPath(name).normalize());
      }
      if (name.startsWith("file:")) {
        return own(folder.getFileSystem().getPath(URI.create(name).getPath()).normalize());
      }
    } catch (IllegalArgumentException e) {
      // No name that a file could have.
      return new Found.Nothing();
    }
    boolean unknown = name.isEmpty() || name.startsWith("#") || name.contains(":");
    boolean builtIn = BUILT_IN.contains(name.split("/", 2)[0]);
    return unknown || builtIn || isPackage(packageName(name), folder)
        ? new Found.Elsewhere()
        : new Found.Nothing();
  }

  private Found own(Path path) throws IOException {
    Optional<Path> file = file(path);
    if (file.isEmpty() && files.kind(path) == ResultingFiles.Kind.FOLDER
        || !files.names(path).isEmpty()) {
      Optional<Path> main = main(path);
      file = main.isPresent() ? main : file(path.resolve("index"));
    }
    if (file.isEmpty() && path.getFileName().toString().matches(".*\\.[mc]?jsx?")) {
      // TypeScript names its own files as what they are compiled to.
      String stem = path.getFileName().toString().replaceAll("jsx?$", "ts");
      file = file(path.resolveSibling(stem));
    }
    return file.<Found>map(Found.Own::new).orElseGet(Found.Nothing::new);
  }

  private Optional<Path> file(Path path) throws IOException {
    if (path.getFileName() == null) {
      return Optional.empty();
    }
    Path folder = path.getParent();
    Set<String> names = files.names(folder);
    for (String ending : ENDINGS) {
      String name = path.getFileName() + ending;
      if (names.contains(name) && files.names(folder.resolve(name)).isEmpty()) {
        Path file = folder.resolve(name);
        ResultingFiles.Kind kind = files.kind(file);
        if (kind == ResultingFiles.Kind.FILE || kind == ResultingFiles.Kind.EXECUTABLE) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Path> main(Path folder) throws IOException {
    JsonNode main = packageFile(folder).map(json -> json.path("main")).orElse(null);
    if (main == null || !main.isString()) {
      return Optional.empty();
    }
    Path path = folder.resolve(main.asString()).normalize();
    Optional<Path> file = file(path);
    return file.isPresent() ? file : file(path.resolve("index"));
  }

  private Optional<JsonNode> packageFile(Path folder) throws IOException {
    Optional<Path> content = files.content(folder.resolve("package.json"));
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(MAPPER.readTree(Files.readAllBytes(content.get())));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** {@code @scope/name/inside} and {@code name/inside} without what is inside. */
  private static String packageName(String name) {
    String[] parts = name.split("/");
    return name.startsWith("@") && parts.length > 1 ? parts[0] + "/" + parts[1] : parts[0];
  }

  private boolean isPackage(String name, Path folder) throws IOException {
    for (Path up = folder; up != null; up = up.getParent()) {
      boolean itself =
          packageFile(up).filter(json -> name.equals(json.path("name").asString(""))).isPresent();
      if (itself || isIn(up.resolve("node_modules"), name) || isPlugAndPlay(up)) {
        return true;
      }
    }
    Path home = context.userHome();
    Stream<Path> more =
        Stream.concat(
            Stream.of(home.resolve(".node_modules"), home.resolve(".node_libraries")),
            Stream.of(context.variables().getOrDefault("NODE_PATH", "").split(":"))
                .filter(place -> place.startsWith("/"))
                .map(place -> home.getFileSystem().getPath(place)));
    for (Path place : more.toList()) {
      if (isIn(place, name)) {
        return true;
      }
    }
    return false;
  }

  /** A package is a folder, or a file that {@code require} completes. */
  private boolean isIn(Path modules, String name) throws IOException {
    Path place;
    try {
      place = modules.resolve(name);
    } catch (InvalidPathException e) {
      return false;
    }
    return !files.names(place).isEmpty() || file(place).isPresent();
  }

  /** Yarn's way without {@code node_modules}: where packages are, only running it would tell. */
  private boolean isPlugAndPlay(Path folder) throws IOException {
    return files.kind(folder.resolve(".pnp.cjs")) != ResultingFiles.Kind.MISSING;
  }
}
