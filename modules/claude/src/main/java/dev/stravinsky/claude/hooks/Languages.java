package dev.stravinsky.claude.hooks;

import dev.stravinsky.claude.Interpreter;
import dev.stravinsky.claude.Programs;
import dev.stravinsky.claude.hooks.Script.Language;
import dev.stravinsky.spi.CheckContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gives each script to whoever can judge it; one process for each interpreter. */
final class Languages {
  private static final List<String> PYTHON_ARGUMENTS = List.of("-I", "-S", "-B", "-c");
  private static final List<String> NODE_ARGUMENTS =
      List.of("--experimental-vm-modules", "--no-warnings", "--input-type=commonjs", "-e");

  private final Programs programs;
  private final CheckContext context;
  private final Map<Script, Verdict> verdicts = new HashMap<>();

  Languages(Programs programs, CheckContext context) {
    this.programs = programs;
    this.context = context;
  }

  /** A verdict for each script. */
  Map<Script, Verdict> judge(List<Script> scripts) throws IOException, InterruptedException {
    Map<Language, List<Script>> byLanguage =
        scripts.stream().collect(Collectors.groupingBy(Script::language));
    for (var entry : byLanguage.entrySet()) {
      List<Script> some = entry.getValue();
      switch (entry.getKey()) {
        case PYTHON -> python(some);
        case TOML -> toml(some);
        case SHELL -> shell(some);
        case JAVASCRIPT -> javaScript(some);
        case JSON -> some.forEach(script -> verdicts.put(script, DataFiles.json(script)));
        case YAML -> some.forEach(script -> verdicts.put(script, DataFiles.yaml(script)));
        case OTHER, NONE -> some.forEach(this::unknown);
      }
    }
    return verdicts;
  }

  private void python(List<Script> scripts) throws IOException, InterruptedException {
    // A script that names a version is judged by that one where it is there.
    Map<String, List<Script>> byProgram =
        scripts.stream()
            .collect(
                Collectors.groupingBy(
                    script ->
                        script.dialect().startsWith("python3.") ? script.dialect() : "python3",
                    LinkedHashMap::new,
                    Collectors.toList()));
    for (var entry : byProgram.entrySet()) {
      Optional<Path> named = programs.findRunnable(entry.getKey());
      Optional<Path> program = named.isPresent() ? named : programs.findRunnable("python3");
      answering(
          entry.getValue(), program, "python3", PYTHON_ARGUMENTS, "syntax.py", named.isPresent());
    }
  }

  private void toml(List<Script> scripts) throws IOException, InterruptedException {
    Optional<Path> program = programs.findRunnable("python3");
    answering(scripts, program, "python3", PYTHON_ARGUMENTS, "syntax.py", true);
  }

  private void javaScript(List<Script> scripts) throws IOException, InterruptedException {
    Optional<Path> program = programs.findRunnable("node");
    answering(scripts, program, "node", NODE_ARGUMENTS, "syntax.js", true);
  }

  private void answering(
      List<Script> scripts,
      Optional<Path> program,
      String name,
      List<String> arguments,
      String resource,
      boolean certain)
      throws IOException, InterruptedException {
    if (program.isEmpty()) {
      missing(scripts, name);
      return;
    }
    List<String> all =
        Stream.concat(arguments.stream(), Stream.of(Interpreter.program(Languages.class, resource)))
            .toList();
    verdicts.putAll(new AnsweringChecker(program.get(), all, certain).check(scripts, context));
  }

  private void shell(List<Script> all) throws IOException, InterruptedException {
    Map<Boolean, List<Script>> byText =
        all.stream().collect(Collectors.partitioningBy(Script::hasZeroByte));
    byText.get(true).forEach(s -> verdicts.put(s, new Verdict.NotChecked("it is no text")));
    Map<Boolean, List<Script>> byShell =
        byText.get(false).stream()
            .collect(Collectors.partitioningBy(script -> script.dialect().equals("bash")));
    shell(byShell.get(true), "bash");
    shell(byShell.get(false), "sh");
    orBash(byShell.get(false));
  }

  private void shell(List<Script> scripts, String name) throws IOException, InterruptedException {
    if (scripts.isEmpty()) {
      return;
    }
    Optional<Path> shell = programs.findRunnable(name);
    if (shell.isEmpty()) {
      missing(scripts, name);
    } else {
      verdicts.putAll(new ShellChecker(shell.get(), name.equals("bash")).check(scripts, context));
    }
  }

  /** What only the plain shell refuses may be run by bash, whatever its first line says. */
  private void orBash(List<Script> scripts) throws IOException, InterruptedException {
    Map<Script, Verdict.Broken> refused = new LinkedHashMap<>();
    for (Script script : scripts) {
      if (verdicts.get(script) instanceof Verdict.Broken broken) {
        refused.put(script, broken);
      }
    }
    Optional<Path> bash = programs.findRunnable("bash");
    if (refused.isEmpty() || bash.isEmpty()) {
      return;
    }
    new ShellChecker(bash.get(), true)
        .check(List.copyOf(refused.keySet()), context)
        .forEach(
            (script, verdict) -> {
              Verdict.Broken broken = refused.get(script);
              if (verdict instanceof Verdict.Sound) {
                verdicts.put(
                    script,
                    new Verdict.Broken(
                        broken.line(), broken.message() + "; it is fine for bash", false));
              }
            });
  }

  private void missing(List<Script> scripts, String program) {
    scripts.forEach(
        s -> verdicts.put(s, new Verdict.NotChecked("no " + program + " that can be run")));
  }

  private void unknown(Script script) {
    verdicts.put(
        script, new Verdict.NotChecked("nothing here checks " + script.dialect() + " files"));
  }
}
