package dev.stravinsky.claude.imports;

import dev.stravinsky.claude.RealPlace;
import dev.stravinsky.claude.hooks.Script;
import dev.stravinsky.claude.imports.LocalModules.Found;
import dev.stravinsky.claude.imports.PythonModule.Import;
import dev.stravinsky.claude.imports.PythonModule.Place;
import dev.stravinsky.claude.imports.PythonRuns.PythonRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Follows the imports of a Python script through the modules beside it. */
final class PythonImports {
  private final Map<Path, Script> scripts;
  private final Map<Script, PythonModule> modules;
  private final LocalModules local;
  private final Predicate<String> somewhere;

  /**
   * Begins with what one interpreter says of all scripts; {@code somewhere} tells whether a module
   * of a name is in any folder of the hooks.
   */
  PythonImports(
      Map<Path, Script> scripts,
      Map<Script, PythonModule> modules,
      LocalModules local,
      Predicate<String> somewhere) {
    this.scripts = scripts;
    this.modules = modules;
    this.local = local;
    this.somewhere = somewhere;
  }

  /** One script's walk. */
  private final class Walk {
    private final PythonRun run;
    private final Path base;
    private final boolean certain;
    private final Deque<Script> next = new ArrayDeque<>();
    private final Set<Script> seen = new HashSet<>();
    private final List<MissingImport> missing = new ArrayList<>();

    Walk(Script root, PythonRun run, boolean certain) throws IOException {
      this.run = run;
      this.base = folder(root);
      this.certain = certain;
      seen.add(root);
      next.add(root);
    }

    void all() throws IOException {
      while (!next.isEmpty()) {
        Script script = next.poll();
        PythonModule module = modules.get(script);
        if (module != null) {
          module(script, module);
        }
      }
    }

    private void module(Script script, PythonModule module) throws IOException {
      List<Optional<String>> lacks = new ArrayList<>();
      for (Import each : module.imports()) {
        lacks.add(lack(each, script, module));
        Optional<String> lack = lacks.getLast();
        boolean reached =
            each.unless().stream()
                .allMatch(group -> group.stream().anyMatch(i -> lacks.get(i).isPresent()));
        if (lack.isPresent() && reached && each.place() != Place.OPTIONAL) {
          boolean sure =
              certain && each.place() == Place.TOP && !module.changesPath() && !module.morePlaces();
          missing.add(new MissingImport(script, each.line(), lack.get(), sure));
        }
      }
    }

    /** What of an import is missing; its modules are walked next. */
    private Optional<String> lack(Import each, Script script, PythonModule module)
        throws IOException {
      if (each.level() > 0) {
        return relative(each, script);
      }
      Optional<Found> beside = local.find(base, Arrays.asList(each.module().split("\\.")));
      if (beside.isPresent() && (beside.get().regular() || !each.installed())) {
        return follow(beside.get(), each);
      }
      boolean elsewhere = module.changesPath() && somewhere.test(each.module().split("\\.")[0]);
      return each.installed() || elsewhere || !run.installedCount()
          ? Optional.empty()
          : Optional.of(
              "imports " + each.module() + ", which " + run.interpreter() + " would not find");
    }

    private Optional<String> relative(Import each, Script script) throws IOException {
      Path from = folder(script);
      for (int i = 1; i < each.level() && from.getParent() != null; i++) {
        from = from.getParent();
      }
      List<String> parts =
          each.module().isEmpty() ? List.of() : Arrays.asList(each.module().split("\\."));
      Optional<Found> found = local.find(from, parts);
      return found.isPresent() ? follow(found.get(), each) : lacking(each, each.written());
    }

    private Optional<String> follow(Found found, Import each) throws IOException {
      found.files().forEach(this::walk);
      if (found.lacking().isPresent()) {
        return lacking(each, ".".repeat(each.level()) + found.lacking().get());
      }
      if (found.folder().isPresent()) {
        for (String name : each.names()) {
          Optional<Found> submodule = local.find(found.folder().get(), List.of(name));
          submodule.ifPresent(f -> f.files().forEach(this::walk));
          if (submodule.isEmpty() && !local.isRegular(found.folder().get())) {
            return lacking(each, name);
          }
        }
      }
      return Optional.empty();
    }

    private Optional<String> lacking(Import each, String what) {
      String rest = what.equals(each.written()) ? "" : ": there would be no " + what;
      return Optional.of(
          rest.isEmpty()
              ? "imports " + what + ", which would not be there"
              : "imports " + each.written() + rest);
    }

    private void walk(Path file) {
      Script script = scripts.get(file);
      if (script != null && seen.add(script)) {
        next.add(script);
      }
    }
  }

  /** What a script and the modules beside it would lack; {@code visited} gets all of these. */
  List<MissingImport> from(Script root, PythonRun run, boolean certain, Set<Script> visited)
      throws IOException {
    Walk walk = new Walk(root, run, certain && run.certain());
    walk.all();
    visited.addAll(walk.seen);
    return walk.missing;
  }

  /** Python takes the folder in which a script really is. */
  private static Path folder(Script script) throws IOException {
    Path real = RealPlace.of(script.file().live());
    Path folder = real.getParent();
    return folder == null ? real : folder;
  }
}
