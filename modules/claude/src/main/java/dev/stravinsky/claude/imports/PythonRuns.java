package dev.stravinsky.claude.imports;

import dev.stravinsky.api.Presence;
import dev.stravinsky.claude.Programs;
import dev.stravinsky.claude.RealPlace;
import dev.stravinsky.claude.dependencies.ScriptRuns;
import dev.stravinsky.claude.dependencies.ScriptRuns.Run;
import dev.stravinsky.claude.hooks.Script;
import dev.stravinsky.claude.hooks.Shebang;
import dev.stravinsky.spi.CheckContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** By what each Python script is run, and so where it finds modules. */
final class PythonRuns {
  private static final String USUAL = "python3";
  private static final Pattern METADATA =
      Pattern.compile("(?ms)^# /// script\\s*$(.*?)^# ///\\s*$");
  private static final Pattern NO_DEPENDENCIES =
      Pattern.compile("(?s)dependencies\\s*=\\s*\\[[\\s#]*\\]");
  private static final Pattern HOME = Pattern.compile("(?m)^home\\s*=\\s*(.+)$");

  private final CheckContext context;
  private final ScriptRuns runs;
  private final Programs programs;

  PythonRuns(CheckContext context, ScriptRuns runs) {
    this.context = context;
    this.runs = runs;
    this.programs = new Programs(context.variables(), context.userHome());
  }

  /**
   * How a script is run.
   *
   * @param interpreter as it is written, for people
   * @param lookup whom to ask; empty if there is nobody
   * @param installedCount whether packages have to be installed where the interpreter looks; those
   *     that {@code uv} provides are not
   * @param certain whether that is how it is run
   */
  record PythonRun(
      String interpreter, Optional<PythonLookup> lookup, boolean installedCount, boolean certain) {}

  PythonRun of(Script script) throws IOException {
    Set<Run> known = runs.of(script.file().live());
    if (known.size() > 1) {
      PythonRun one = run(known.iterator().next(), script);
      return new PythonRun(one.interpreter(), one.lookup(), one.installedCount(), false);
    }
    if (known.size() == 1) {
      return run(known.iterator().next(), script);
    }
    // Who or what would start it is not known; most likely its first line tells.
    PythonRun direct = run(new Run("", true), script);
    boolean certain = direct.certain() && metadata(script).isEmpty();
    return new PythonRun(direct.interpreter(), direct.lookup(), direct.installedCount(), certain);
  }

  private PythonRun run(Run run, Script script) throws IOException {
    Optional<Shebang> shebang =
        run.reader().isEmpty() ? Shebang.of(script.content()) : Optional.empty();
    String reader =
        run.reader().isEmpty() ? shebang.flatMap(Shebang::interpreter).orElse(USUAL) : run.reader();
    Run by = new Run(reader, run.required());
    if (by.byUv()) {
      boolean given =
          by.bringsPackages()
              || shebang.filter(s -> String.join(" ", s.words()).contains("--with")).isPresent();
      // What a script asks for itself is all that it gets; else a project may provide more.
      boolean alone = !given && metadata(script).filter(String::isEmpty).isPresent();
      return new PythonRun("uv", lookup(USUAL), alone, run.required());
    }
    boolean python = reader.substring(reader.lastIndexOf('/') + 1).startsWith("python");
    return new PythonRun(
        python ? reader : USUAL, lookup(python ? reader : USUAL), python, run.required());
  }

  /** The packages that a script itself asks for (PEP 723); a text of any form, maybe empty. */
  private static Optional<String> metadata(Script script) {
    String text = new String(script.content(), StandardCharsets.ISO_8859_1);
    Matcher matcher = METADATA.matcher(text);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String block = matcher.group(1).replaceAll("(?m)^# ?", "");
    boolean none = !block.contains("dependencies") || NO_DEPENDENCIES.matcher(block).find();
    return Optional.of(none ? "" : block);
  }

  private Optional<PythonLookup> lookup(String interpreter) throws IOException {
    if (!interpreter.contains("/")) {
      return programs
          .findRunnable(interpreter)
          .or(() -> interpreter.equals("python") ? programs.findRunnable(USUAL) : Optional.empty())
          .map(program -> new PythonLookup(program, Optional.empty()));
    }
    Path path;
    try {
      path = context.userHome().getFileSystem().getPath(expanded(interpreter));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
    if (!path.isAbsolute() || !programs.canRun()) {
      return Optional.empty();
    }
    if (!isInTarget(path)) {
      return Files.isExecutable(path)
          ? Optional.of(new PythonLookup(path, Optional.empty()))
          : Optional.empty();
    }
    // A release may have brought it, so it is not started: the Python that it was made of is.
    Path venv = path.getParent() == null ? path : path.getParent().getParent();
    return venv == null ? Optional.empty() : ofVenv(venv);
  }

  private String expanded(String interpreter) {
    return interpreter.startsWith("~/")
        ? context.userHome() + interpreter.substring(1)
        : interpreter;
  }

  private Optional<PythonLookup> ofVenv(Path venv) throws IOException {
    Path configuration = venv.resolve("pyvenv.cfg");
    if (!Presence.isRegularFile(configuration)) {
      return Optional.empty();
    }
    Matcher home =
        HOME.matcher(new String(Files.readAllBytes(configuration), StandardCharsets.ISO_8859_1));
    if (!home.find()) {
      return Optional.empty();
    }
    Path program = venv.getFileSystem().getPath(home.group(1).strip(), USUAL);
    return program.isAbsolute() && !isInTarget(program) && Files.isExecutable(program)
        ? Optional.of(new PythonLookup(program, Optional.of(venv)))
        : Optional.empty();
  }

  private boolean isInTarget(Path path) throws IOException {
    return context.inTarget(RealPlace.ofEntry(path)) || context.inTarget(RealPlace.of(path));
  }
}
