package dev.stravinsky.claude.dependencies;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A shell command line taken apart: quotes, variables and {@code ~} resolved, redirections left
 * out.
 *
 * @param commands the simple commands in it
 * @param conditional whether a command in it may be meant to fail or never to run
 */
record ShellLine(List<List<Word>> commands, boolean conditional) {
  private static final Set<String> TESTS =
      Set.of(
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
          "[",
          "[[",
          "test",
          "command",
          "type",
          "which",
          "hash",
          "!",
          "{",
          "}",
          "function",
          "cd");

  /**
   * One word.
   *
   * @param certain whether its text is what the shell would make of it
   */
  record Word(String text, boolean certain) {}

  /** Takes a line apart; {@code variables} knows some variables, {@code home} is for {@code ~}. */
  static ShellLine parse(String line, Function<String, Optional<String>> variables, String home) {
    return new Parser(line, variables, home).parse();
  }

  private static final class Parser {
    private final String line;
    private final Function<String, Optional<String>> variables;
    private final String home;
    private final List<List<Word>> commands = new ArrayList<>();
    private List<Word> words = new ArrayList<>();
    private StringBuilder word = new StringBuilder();
    private boolean inWord;
    private boolean certain = true;
    private boolean redirect;
    private boolean conditional;
    private int at;

    Parser(String line, Function<String, Optional<String>> variables, String home) {
      this.line = line;
      this.variables = variables;
      this.home = home;
    }

    ShellLine parse() {
      while (at < line.length()) {
        step(line.charAt(at++));
      }
      endCommand();
      boolean tests = commands.stream().anyMatch(words -> TESTS.contains(words.getFirst().text()));
      return new ShellLine(List.copyOf(commands), conditional || tests);
    }

    private void step(char c) {
      switch (c) {
        case ' ', '\t' -> endWord();
        case '\'' -> quoted();
        case '"' -> doubleQuoted();
        case '\\' -> append(at < line.length() ? line.charAt(at++) : '\\');
        case '$', '`' -> expand(c);
        case ';', '&', '|', '(', ')', '\n', '\r' -> operator(c);
        case '<', '>' -> redirection(c);
        case '#' -> comment();
        case '~' -> tilde();
        case '*', '?', '[', '{' -> pattern(c);
        default -> append(c);
      }
    }

    private void append(char c) {
      inWord = true;
      word.append(c);
    }

    private void quoted() {
      int end = line.indexOf('\'', at);
      inWord = true;
      word.append(line, at, end < 0 ? line.length() : end);
      at = end < 0 ? line.length() : end + 1;
    }

    private void doubleQuoted() {
      inWord = true;
      while (at < line.length() && line.charAt(at) != '"') {
        char c = line.charAt(at++);
        if (c == '\\' && at < line.length() && "$`\"\\".indexOf(line.charAt(at)) >= 0) {
          append(line.charAt(at++));
        } else if (c == '$' || c == '`') {
          expand(c);
        } else {
          append(c);
        }
      }
      at++;
    }

    private void expand(char c) {
      inWord = true;
      boolean braced = c == '$' && at < line.length() && line.charAt(at) == '{';
      int start = braced ? at + 1 : at;
      int end = start;
      while (end < line.length() && isNamePart(line.charAt(end))) {
        end++;
      }
      boolean closed = !braced || end < line.length() && line.charAt(end) == '}';
      Optional<String> value =
          c == '$' && end > start && closed
              ? variables.apply(line.substring(start, end))
              : Optional.empty();
      if (value.isPresent()) {
        word.append(value.get());
        at = braced ? end + 1 : end;
        return;
      }
      certain = false;
      boolean plain = c == '$' && closed && end > start;
      boolean special = c == '$' && !braced && end == start && !atChar('(');
      if (!special) {
        // A substitution holds commands of its own: from here on nothing is understood.
        at = plain ? (braced ? end + 1 : end) : line.length();
      }
    }

    private boolean atChar(char c) {
      return at < line.length() && line.charAt(at) == c;
    }

    private static boolean isNamePart(char c) {
      return c == '_' || c < 0x80 && Character.isLetterOrDigit(c);
    }

    private void operator(char c) {
      boolean doubled = at < line.length() && line.charAt(at) == c;
      conditional |= c == '|' && doubled;
      at += doubled ? 1 : 0;
      endCommand();
    }

    private void redirection(char c) {
      if (word.toString().matches("\\d")) {
        // The number of a descriptor belongs to the redirection.
        word = new StringBuilder();
        inWord = false;
      }
      endWord();
      conditional |= c == '<' && at < line.length() && line.charAt(at) == '<';
      while (at < line.length() && "<>&|".indexOf(line.charAt(at)) >= 0) {
        at++;
      }
      redirect = true;
    }

    private void comment() {
      if (inWord) {
        append('#');
      } else {
        int end = line.indexOf('\n', at);
        at = end < 0 ? line.length() : end;
      }
    }

    private void tilde() {
      boolean alone = at >= line.length() || "/ \t;&|".indexOf(line.charAt(at)) >= 0;
      if (!inWord && alone) {
        inWord = true;
        word.append(home);
      } else {
        certain &= inWord;
        append('~');
      }
    }

    private void pattern(char c) {
      // "[" and "{" alone are commands.
      boolean alone = at >= line.length() || " \t".indexOf(line.charAt(at)) >= 0;
      certain &= alone && !inWord && (c == '[' || c == '{');
      append(c);
    }

    private void endWord() {
      if (inWord && !redirect) {
        words.add(new Word(word.toString(), certain));
      }
      redirect &= !inWord;
      word = new StringBuilder();
      inWord = false;
      certain = true;
    }

    private void endCommand() {
      endWord();
      redirect = false;
      if (!words.isEmpty()) {
        commands.add(List.copyOf(words));
      }
      words = new ArrayList<>();
    }
  }
}
