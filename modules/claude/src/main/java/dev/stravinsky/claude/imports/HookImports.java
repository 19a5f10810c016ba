package dev.stravinsky.claude.imports;

import dev.stravinsky.api.Order;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.claude.ResultingFiles;
import dev.stravinsky.claude.SourceFile;
import dev.stravinsky.claude.dependencies.ScriptRuns;
import dev.stravinsky.claude.dependencies.ScriptRuns.Run;
import dev.stravinsky.claude.hooks.HookScripts;
import dev.stravinsky.claude.hooks.Script;
import dev.stravinsky.claude.hooks.Script.Language;
import dev.stravinsky.claude.imports.PythonRuns.PythonRun;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What hooks import and would not find. */
public final class HookImports {
  private final String checkId;
  private final CheckContext context;
  private final ScriptRuns runs;
  private final ResultingFiles files;
  private final Map<Path, Script> scripts = new LinkedHashMap<>();
  private final Map<PythonLookup, Map<Script, PythonModule>> answers = new HashMap<>();
  private final Map<String, Integer> notChecked = new TreeMap<>();

  private HookImports(String checkId, CheckContext context, ScriptRuns runs) {
    this.checkId = checkId;
    this.context = context;
    this.runs = runs;
    this.files = new ResultingFiles(context);
  }

  /** Findings in the name of a check: a certain lack blocks, one that may be meant only warns. */
  public static List<Finding> in(CheckContext context, String checkId)
      throws IOException, InterruptedException {
    HookImports imports = new HookImports(checkId, context, ScriptRuns.in(context));
    imports.read();
    List<MissingImport> missing = new ArrayList<>();
    missing.addAll(imports.python());
    missing.addAll(imports.node());
    return Stream.concat(imports.findings(missing), imports.unchecked()).toList();
  }

  private void read() throws IOException {
    for (Script script : HookScripts.in(context)) {
      scripts.put(script.file().live(), script);
    }
    for (Path named : runs.scripts()) {
      Optional<SourceFile> file =
          SourceFile.at(context, named).filter(f -> !scripts.containsKey(named));
      if (file.isPresent()) {
        HookScripts.read(file.get()).ifPresent(script -> scripts.put(named, script));
      }
    }
  }

  /** Those that settings start come first, then those that lie where hooks do. */
  private List<Script> roots(Language language) {
    return scripts.values().stream()
        .filter(script -> script.language() == language)
        .sorted(
            Order.inTurn(
                Order.by(script -> runs.of(script.file().live()).isEmpty()),
                Order.by(script -> script.file().path().encoded().contains("/"))))
        .toList();
  }

  /** Whether a script is one that something starts, as far as that can be seen. */
  private boolean isHook(Script script) {
    return !runs.of(script.file().live()).isEmpty()
        || !script.file().path().encoded().contains("/");
  }

  private List<MissingImport> python() throws IOException, InterruptedException {
    PythonRuns pythonRuns = new PythonRuns(context, runs);
    List<MissingImport> missing = new ArrayList<>();
    Set<Script> visited = new HashSet<>();
    for (Script script : roots(Language.PYTHON)) {
      boolean named = !runs.of(script.file().live()).isEmpty();
      if (context.cancellation().requested() || !named && visited.contains(script)) {
        continue;
      }
      PythonRun run = pythonRuns.of(script);
      if (run.lookup().isEmpty()) {
        notChecked.merge(run.interpreter(), isPlain(script) ? 0 : 1, Integer::sum);
        continue;
      }
      PythonImports imports =
          new PythonImports(
              scripts, answers(run.lookup().get()), new LocalModules(files), this::somewhere);
      missing.addAll(judged(script, imports.from(script, run, isHook(script), visited)));
    }
    return missing;
  }

  private Map<Script, PythonModule> answers(PythonLookup lookup)
      throws IOException, InterruptedException {
    if (!answers.containsKey(lookup)) {
      List<Script> all =
          scripts.values().stream()
              .filter(script -> script.language() == Language.PYTHON)
              .filter(script -> !isPlain(script))
              .toList();
      answers.put(lookup, all.isEmpty() ? Map.of() : lookup.ask(all, context));
    }
    return answers.get(lookup);
  }

  /** Whether it imports nothing that could be missing. */
  private boolean isPlain(Script script) {
    return StandardImports.only(latin(script))
        && scripts.values().stream().noneMatch(s -> StandardImports.hides(s.file().name()));
  }

  private List<MissingImport> node() throws IOException {
    NodeImports imports = new NodeImports(scripts, new NodeModules(files, context));
    List<MissingImport> missing = new ArrayList<>();
    Set<Script> visited = new HashSet<>();
    for (Script script : roots(Language.JAVASCRIPT)) {
      Set<Run> known = runs.of(script.file().live());
      if (!visited.contains(script)) {
        boolean certain =
            NodeImports.byNode(script, known)
                && isHook(script)
                && known.stream().allMatch(Run::required);
        missing.addAll(judged(script, imports.from(script, certain, visited)));
      }
    }
    return missing;
  }

  /** Of a script that something unknown starts it is not known what it finds there. */
  private List<MissingImport> judged(Script root, List<MissingImport> missing) {
    boolean doubtful =
        !missing.isEmpty() && runs.of(root.file().live()).isEmpty() && isMentioned(root);
    return doubtful ? missing.stream().map(MissingImport::uncertain).toList() : missing;
  }

  /** Whether anything but settings may start a script, in a way that is not understood. */
  private boolean isMentioned(Script script) {
    String name = script.file().name();
    return runs.mention(name)
        || scripts.values().stream()
            .anyMatch(other -> other != script && latin(other).contains(name));
  }

  private boolean somewhere(String module) {
    Pattern place = Pattern.compile("(.*/)?" + Pattern.quote(module) + "(\\.py|/.*)?");
    return context.targets().stream()
        .flatMap(view -> view.nodes().stream())
        .anyMatch(node -> place.matcher(node.path().encoded()).matches());
  }

  private Stream<Finding> findings(List<MissingImport> missing) {
    Map<String, Finding> findings = new LinkedHashMap<>();
    for (MissingImport each : missing) {
      Finding finding =
          Finding.of(
                  checkId,
                  each.certain() ? Severity.BLOCK : Severity.WARN,
                  ErrorKind.DEPENDENCY_MISSING,
                  each.message())
              .inFile(each.script().file().live())
              .atLine(each.line())
              .withHint("install it, or bring it with the hook");
      String key = each.script().file().live() + ":" + each.line() + ":" + each.message();
      findings.merge(key, finding, (a, b) -> a.severity() == Severity.BLOCK ? a : b);
    }
    return findings.values().stream();
  }

  private Stream<Finding> unchecked() {
    return notChecked.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(
            entry ->
                Finding.of(
                    checkId,
                    Severity.INFO,
                    ErrorKind.UNKNOWN,
                    "the imports of "
                        + (entry.getValue() == 1 ? "a hook" : entry.getValue() + " hooks")
                        + " were not checked: no "
                        + entry.getKey()
                        + " that can be run"));
  }

  private static String latin(Script script) {
    return new String(script.content(), StandardCharsets.ISO_8859_1);
  }
}
