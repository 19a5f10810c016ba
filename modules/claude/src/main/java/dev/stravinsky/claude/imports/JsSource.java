package dev.stravinsky.claude.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * JavaScript taken apart into the words, texts and signs that are needed to find imports. Comments
 * are left out; a template and a regular expression are one sign without content.
 */
final class JsSource {
  /** Words after which a slash begins a regular expression. */
  private static final Set<String> BEFORE_EXPRESSION =
      Set.of(
          "return",
          "typeof",
          "case",
          "in",
          "of",
          "delete",
          "void",
          "throw",
          "new",
          "do",
          "else",
          "await",
          "yield",
          "instanceof");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;

  private JsSource(String text) {
    this.text = text;
  }

  /** What a token is. */
  enum Kind {
    WORD,
    TEXT,
    SIGN
  }

  /** One token; {@code line} is counted from 1. */
  record Token(Kind kind, String text, int line) {
    boolean is(String sign) {
      return kind != Kind.TEXT && text.equals(sign);
    }
  }

  /** The tokens of a source, however broken it is. */
  static List<Token> tokens(String source) {
    JsSource reading = new JsSource(source);
    reading.code(false);
    return reading.tokens;
  }

  /** Reads to the end, or to the brace that ends an expression in a template. */
  private void code(boolean inTemplate) {
    int depth = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (inTemplate && c == '}' && depth == 0) {
        return;
      }
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      step(c);
    }
  }

  private void step(char c) {
    if (c == '\n') {
      line++;
      at++;
    } else if (Character.isWhitespace(c)) {
      at++;
    } else if (text.startsWith("//", at) || at == 0 && text.startsWith("#!")) {
      skipTo("\n");
    } else if (text.startsWith("/*", at)) {
      skipPast("*/");
    } else if (c == '\'' || c == '"') {
      string(c);
    } else if (c == '`') {
      template();
    } else if (Character.isJavaIdentifierStart(c) || Character.isDigit(c) || c == '#') {
      word();
    } else if (c == '/' && beginsExpression()) {
      expression();
    } else {
      boolean arrow = text.startsWith("=>", at);
      add(Kind.SIGN, arrow ? "=>" : String.valueOf(c));
      at += arrow ? 2 : 1;
    }
  }

  private void add(Kind kind, String content) {
    tokens.add(new Token(kind, content, line));
  }

  private void skipTo(String end) {
    int found = text.indexOf(end, at);
    at = found < 0 ? text.length() : found;
  }

  private void skipPast(String end) {
    int from = at;
    int found = text.indexOf(end, at + 2);
    at = found < 0 ? text.length() : found + end.length();
    line += (int) text.substring(from, at).chars().filter(c -> c == '\n').count();
  }

  private void string(char quote) {
    StringBuilder content = new StringBuilder();
    int start = line;
    at++;
    while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
        line += text.charAt(at) == '\n' ? 1 : 0;
      }
      content.append(text.charAt(at++));
    }
    at += at < text.length() && text.charAt(at) == quote ? 1 : 0;
    tokens.add(new Token(Kind.TEXT, content.toString(), start));
  }

  private void template() {
    add(Kind.SIGN, "`");
    at++;
    while (at < text.length() && text.charAt(at) != '`') {
      if (text.startsWith("${", at)) {
        at += 2;
        add(Kind.SIGN, "(");
        code(true);
        add(Kind.SIGN, ")");
      }
      line += at < text.length() && text.charAt(at) == '\n' ? 1 : 0;
      at += at < text.length() && text.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
    add(Kind.SIGN, "`");
  }

  private void word() {
    int start = at++;
    while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
      at++;
    }
    add(Kind.WORD, text.substring(start, at));
  }

  /** Whether a slash cannot be a division, which follows a value. */
  private boolean beginsExpression() {
    if (tokens.isEmpty()) {
      return true;
    }
    Token last = tokens.getLast();
    return switch (last.kind()) {
      case TEXT -> false;
      case WORD -> BEFORE_EXPRESSION.contains(last.text());
      case SIGN -> !Set.of(")", "]", "}", "`").contains(last.text());
    };
  }

  private void expression() {
    boolean inClass = false;
    at++;
    while (at < text.length() && text.charAt(at) != '\n') {
      char c = text.charAt(at++);
      if (c == '\\') {
        at++;
      } else if (c == '/' && !inClass) {
        break;
      } else {
        inClass = c == '[' || inClass && c != ']';
      }
    }
    add(Kind.SIGN, "`");
  }
}
