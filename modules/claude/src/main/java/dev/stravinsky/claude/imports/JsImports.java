package dev.stravinsky.claude.imports;

import dev.stravinsky.claude.imports.JsSource.Kind;
import dev.stravinsky.claude.imports.JsSource.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** Finds what JavaScript imports by a literal name. */
final class JsImports {
  private static final Set<String> CONTROL = Set.of("if", "for", "while", "switch", "with");

  private final List<Token> tokens;
  private final Deque<Block> blocks = new ArrayDeque<>();
  private final Deque<Integer> parentheses = new ArrayDeque<>();
  private final List<JsImport> found = new ArrayList<>();

  private JsImports(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** What a pair of braces holds. */
  private enum Block {
    PLAIN,
    TRY,
    CONDITION,
    FUNCTION
  }

  /**
   * One import.
   *
   * @param fixed whether it stands in an {@code import} or {@code export} declaration
   * @param certain whether it is reached whenever the file is run
   */
  record JsImport(int line, String name, boolean fixed, boolean certain) {}

  /** The imports of a source; those that it can go on without are left out. */
  static List<JsImport> in(String source) {
    JsImports imports = new JsImports(JsSource.tokens(source));
    imports.all();
    return imports.found;
  }

  private void all() {
    // Where the parenthesis opened that the last one closed: before it stands what a block is.
    int opened = -1;
    for (int i = 0; i < tokens.size(); i++) {
      switch (tokens.get(i).kind() == Kind.TEXT ? "" : tokens.get(i).text()) {
        case "(" -> parentheses.push(i);
        case ")" -> opened = parentheses.isEmpty() ? -1 : parentheses.pop();
        case "{" -> blocks.push(block(i, opened));
        case "}" -> blocks.poll();
        case "require" -> call(i);
        case "import" -> {
          call(i);
          declaration(i);
        }
        case "export" -> declaration(i);
        default -> {}
      }
    }
  }

  private Block block(int brace, int opened) {
    if (is(brace - 1, "try")) {
      return Block.TRY;
    }
    if (is(brace - 1, "=>")) {
      return Block.FUNCTION;
    }
    if (is(brace - 1, "else") || is(brace - 1, "finally")) {
      return is(brace - 1, "else") ? Block.CONDITION : Block.PLAIN;
    }
    if (!is(brace - 1, ")") || opened < 1) {
      return Block.PLAIN;
    }
    boolean control = CONTROL.contains(tokens.get(opened - 1).text()) || is(opened - 1, "catch");
    return control ? Block.CONDITION : Block.FUNCTION;
  }

  /** {@code require("x")} and {@code import("x")}. */
  private void call(int at) {
    boolean called =
        is(at + 1, "(") && kind(at + 2) == Kind.TEXT && (is(at + 3, ")") || is(at + 3, ","));
    // Another object's method of that name, or a method's declaration, is something else.
    if (called && !is(at - 1, ".") && !is(at + 4, "{")) {
      add(at, tokens.get(at + 2).text(), false, is(at + 4, ".") && is(at + 5, "catch"));
    }
  }

  /** {@code import "x"}, {@code import ... from "x"}, {@code export ... from "x"}. */
  private void declaration(int at) {
    if (!blocks.isEmpty() || is(at - 1, ".")) {
      return;
    }
    if (is(at, "import") && kind(at + 1) == Kind.TEXT) {
      add(at, tokens.get(at + 1).text(), true, false);
      return;
    }
    for (int i = at + 1; i < tokens.size() && isClause(tokens.get(i)); i++) {
      if (is(i, "from") && kind(i + 1) == Kind.TEXT) {
        add(at, tokens.get(i + 1).text(), true, false);
        return;
      }
    }
  }

  /** What may stand between {@code import} and {@code from}. */
  private static boolean isClause(Token token) {
    return token.kind() == Kind.WORD
        || token.kind() == Kind.TEXT
        || Set.of("{", "}", ",", "*").contains(token.text());
  }

  private void add(int at, String name, boolean fixed, boolean handled) {
    boolean optional = handled || blocks.contains(Block.TRY);
    boolean certain = !blocks.contains(Block.FUNCTION) && !blocks.contains(Block.CONDITION);
    if (!optional) {
      found.add(new JsImport(tokens.get(at).line(), name, fixed, certain));
    }
  }

  private boolean is(int index, String text) {
    return index >= 0 && index < tokens.size() && tokens.get(index).is(text);
  }

  private Kind kind(int index) {
    return index < tokens.size() ? tokens.get(index).kind() : Kind.SIGN;
  }
}
