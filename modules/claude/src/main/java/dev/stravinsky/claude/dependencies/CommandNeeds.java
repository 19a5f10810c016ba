package dev.stravinsky.claude.dependencies;

import dev.stravinsky.claude.dependencies.ShellLine.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Finds out what a simple command needs: its program, and the script that its program reads. */
final class CommandNeeds {
  private static final Set<String> BUILT_IN =
      Set.of(
          "echo",
          "printf",
          "true",
          "false",
          "exit",
          "cd",
          "test",
          "[",
          "[[",
          "read",
          "export",
          "set",
          "unset",
          "eval",
          "trap",
          "return",
          "shift",
          "wait",
          "pwd",
          "umask",
          "ulimit",
          "local",
          "declare",
          "type",
          "hash",
          "alias",
          ":",
          "if",
          "then",
          "else",
          "elif",
          "fi",
          "for",
          "while",
          "until",
          "do",
          "done",
          "case",
          "esac",
          "{",
          "}",
          "!",
          "function",
          "kill",
          "break",
          "continue",
          "let",
          "which",
          "shopt",
          "jobs",
          "builtin");
  private static final Set<String> WRAPPERS =
      Set.of("exec", "nohup", "time", "command", "env", "sudo", "nice", "timeout", "stdbuf");
  private static final Set<String> SHELLS = Set.of("bash", "sh", "zsh", "dash", "ksh");
  private static final Set<String> PACKAGE_RUNNERS = Set.of("npx", "uvx", "bunx", "pnpx");
  private static final Set<String> READERS =
      Set.of(
          "node",
          "nodejs",
          "deno",
          "bun",
          "tsx",
          "ts-node",
          "ruby",
          "perl",
          "php",
          "lua",
          "pwsh",
          "osascript");

  /** Options of interpreters that are followed by a value of their own. */
  private static final Set<String> WITH_VALUE =
      Set.of(
          "-W",
          "-X",
          "-r",
          "--require",
          "--import",
          "--loader",
          "--with",
          "--python",
          "-p",
          "--project",
          "--directory",
          "--from",
          "--env-file",
          "--package",
          "--index-url",
          "--extra",
          "--group",
          "--with-requirements",
          "--tsconfig",
          "--config",
          "-ExecutionPolicy");

  /** The same for programs that start another one. */
  private static final Set<String> WRAPPERS_WITH_VALUE = Set.of("-u", "-n", "-k", "-s", "-g");

  /** Options after which the program is given as text, or by a name that is no path. */
  private static final Set<String> INLINE =
      Set.of("-c", "-e", "-m", "-", "--eval", "-p", "--print");

  /** The reader of a script for which {@code uv run --with} brings packages. */
  static final String UV_WITH_PACKAGES = "uv --with";

  private final Function<String, ShellLine> shell;
  private final List<Need> needs = new ArrayList<>();

  private CommandNeeds(Function<String, ShellLine> shell) {
    this.shell = shell;
  }

  /** {@code shell} takes the argument of {@code bash -c} apart. */
  static List<Need> of(List<Word> words, Function<String, ShellLine> shell) {
    CommandNeeds needs = new CommandNeeds(shell);
    needs.command(words);
    return needs.needs;
  }

  private void command(List<Word> words) {
    List<Word> rest = words;
    while (!rest.isEmpty() && rest.getFirst().text().matches("\\w+=.*")) {
      rest = tail(rest);
    }
    if (rest.isEmpty() || !rest.getFirst().certain()) {
      return;
    }
    String program = rest.getFirst().text();
    if (WRAPPERS.contains(program)) {
      List<Word> wrapped = skipOptions(tail(rest), WRAPPERS_WITH_VALUE);
      command(program.equals("timeout") && !wrapped.isEmpty() ? tail(wrapped) : wrapped);
    } else if (program.equals("source") || program.equals(".")) {
      script(tail(rest), program);
    } else if (!BUILT_IN.contains(program) && !program.isEmpty()) {
      needs.add(program.contains("/") ? new Need.Script(program, "") : new Need.Program(program));
      arguments(program, tail(rest));
    }
  }

  /** {@code reader} as it is written; what it is, its name alone tells. */
  private void arguments(String reader, List<Word> arguments) {
    String program = reader.substring(reader.lastIndexOf('/') + 1);
    if (SHELLS.contains(program)) {
      shell(reader, arguments);
    } else if (program.equals("uv") && is(arguments, 0, "run")) {
      List<Word> rest = skipOptions(tail(arguments));
      runner(brings(arguments, rest) ? UV_WITH_PACKAGES : program, rest);
    } else if (PACKAGE_RUNNERS.contains(program)) {
      runner(program, skipOptions(arguments));
    } else if (program.startsWith("python") || READERS.contains(program)) {
      boolean run = is(arguments, 0, "run");
      List<Word> rest = run ? tail(arguments) : arguments;
      if (!isInline(rest)) {
        script(skipOptions(rest), reader);
      }
    }
  }

  /** Whether options of {@code uv run} name packages that it is to provide. */
  private static boolean brings(List<Word> all, List<Word> withoutOptions) {
    return all.subList(0, all.size() - withoutOptions.size()).stream()
        .anyMatch(word -> word.text().startsWith("--with"));
  }

  private void shell(String reader, List<Word> arguments) {
    List<Word> rest = arguments;
    while (!rest.isEmpty() && rest.getFirst().text().matches("[-+].*")) {
      String option = rest.getFirst().text();
      rest = tail(rest);
      if (option.matches("-[a-z]*c") && !rest.isEmpty() && rest.getFirst().certain()) {
        shell.apply(rest.getFirst().text()).commands().forEach(this::command);
        return;
      }
      if (option.matches("-[a-z]*[cs]")) {
        return;
      }
      rest = option.matches("[-+]o") && !rest.isEmpty() ? tail(rest) : rest;
    }
    script(rest, reader);
  }

  /** What {@code uv run} and {@code npx} start: an interpreter, a script or a package's program. */
  private void runner(String runner, List<Word> words) {
    if (words.isEmpty() || !words.getFirst().certain()) {
      return;
    }
    String first = words.getFirst().text();
    String name = first.substring(first.lastIndexOf('/') + 1);
    if (name.startsWith("python") || READERS.contains(name) || SHELLS.contains(name)) {
      int before = needs.size();
      arguments(name, tail(words));
      // Whatever reads the script, the runner decides which packages it finds.
      needs.subList(before, needs.size()).replaceAll(need -> readBy(runner, need));
    } else if (first.contains("/") && !first.startsWith("@") || first.endsWith(".py")) {
      script(words, runner);
    }
  }

  private static Need readBy(String runner, Need need) {
    return need instanceof Need.Script script ? new Need.Script(script.path(), runner) : need;
  }

  private void script(List<Word> words, String reader) {
    if (words.isEmpty() || !words.getFirst().certain()) {
      return;
    }
    String path = words.getFirst().text();
    boolean looksLikeFile = path.contains("/") || path.matches(".+\\.\\w{1,4}");
    if (looksLikeFile && !path.contains("://")) {
      needs.add(new Need.Script(path, reader));
    }
  }

  private static boolean isInline(List<Word> words) {
    return words.stream()
        .takeWhile(word -> word.text().startsWith("-"))
        .anyMatch(word -> INLINE.contains(word.text()));
  }

  private static List<Word> skipOptions(List<Word> words) {
    return skipOptions(words, WITH_VALUE);
  }

  private static List<Word> skipOptions(List<Word> words, Set<String> withValue) {
    List<Word> rest = words;
    while (!rest.isEmpty()
        && (rest.getFirst().text().startsWith("-") || rest.getFirst().text().matches("\\w+=.*"))) {
      boolean value = withValue.contains(rest.getFirst().text());
      rest = tail(rest);
      rest = value && !rest.isEmpty() ? tail(rest) : rest;
    }
    return rest;
  }

  private static boolean is(List<Word> words, int index, String text) {
    return words.size() > index && words.get(index).text().equals(text);
  }

  private static List<Word> tail(List<Word> words) {
    return words.subList(1, words.size());
  }
}
