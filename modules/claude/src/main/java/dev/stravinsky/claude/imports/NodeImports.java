package dev.stravinsky.claude.imports;

import dev.stravinsky.claude.RealPlace;
import dev.stravinsky.claude.dependencies.ScriptRuns.Run;
import dev.stravinsky.claude.hooks.Script;
import dev.stravinsky.claude.hooks.Shebang;
import dev.stravinsky.claude.imports.JsImports.JsImport;
import dev.stravinsky.claude.imports.NodeModules.Found;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Follows the imports of a JavaScript hook through the files beside it. */
final class NodeImports {
  private static final Set<String> NODE = Set.of("node", "nodejs");

  private final Map<Path, Script> scripts;
  private final NodeModules modules;

  NodeImports(Map<Path, Script> scripts, NodeModules modules) {
    this.scripts = scripts;
    this.modules = modules;
  }

  /** Whether Node.js itself runs a script, not something that provides packages of its own. */
  static boolean byNode(Script script, Set<Run> runs) {
    boolean direct =
        Shebang.of(script.content())
            .flatMap(Shebang::interpreter)
            .map(NodeImports::isNode)
            .orElse(true);
    return runs.isEmpty()
        ? direct
        : runs.stream()
            .map(Run::reader)
            .allMatch(reader -> reader.isEmpty() ? direct : isNode(reader));
  }

  private static boolean isNode(String program) {
    return NODE.contains(program.substring(program.lastIndexOf('/') + 1));
  }

  /** What a script and the files beside it would lack; {@code visited} gets all of these. */
  List<MissingImport> from(Script root, boolean certain, Set<Script> visited) throws IOException {
    List<MissingImport> missing = new ArrayList<>();
    Set<Script> seen = new HashSet<>(Set.of(root));
    Deque<Script> next = new ArrayDeque<>(seen);
    while (!next.isEmpty()) {
      Script script = next.poll();
      visited.add(script);
      Path folder = RealPlace.of(script.file().live()).getParent();
      String source = new String(script.content(), StandardCharsets.UTF_8);
      for (JsImport each : JsImports.in(source)) {
        switch (modules.find(each.name(), folder)) {
          case Found.Elsewhere elsewhere -> {}
          case Found.Own own -> {
            Script other = scripts.get(own.file());
            if (other != null && seen.add(other)) {
              next.add(other);
            }
          }
          case Found.Nothing nothing ->
              missing.add(
                  new MissingImport(
                      script, each.line(), message(each.name()), certain && each.certain()));
        }
      }
    }
    return missing;
  }

  private static String message(String name) {
    boolean file = name.startsWith(".") || name.startsWith("/") || name.startsWith("file:");
    return "imports "
        + name
        + (file ? ", which would not be there" : ", which Node.js would not find");
  }
}
