package dev.stravinsky.claude.settings;

import java.math.BigInteger;
import java.util.Optional;

/**
 * Whether JavaScript would take a text as a regular expression. Its grammar is laxer than Java's,
 * so that only what it refuses is told: brackets that do not match, nothing to repeat, and so on.
 */
final class JsPattern {
  private final String text;
  private int at;
  private int depth;

  private JsPattern(String text) {
    this.text = text;
  }

  /** Why it does not compile; empty if it does. */
  static Optional<String> fault(String pattern) {
    String said = new JsPattern(pattern).read();
    return said.isEmpty() ? Optional.empty() : Optional.of(said);
  }

  private String read() {
    boolean repeatable = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      String said = "";
      switch (c) {
        case '\\' -> said = escape();
        case '[' -> said = set();
        case '(' -> said = open();
        case ')' -> said = close();
        case '*', '+', '?' -> said = repeat(repeatable);
        case '{' -> said = count(repeatable);
        default -> at++;
      }
      if (!said.isEmpty()) {
        return said;
      }
      repeatable = isRepeatable(c);
    }
    return depth > 0 ? "a parenthesis is never closed" : "";
  }

  /** Whether what was just read, and began with a character, can be repeated. */
  private boolean isRepeatable(char first) {
    return switch (first) {
      case '(', '|', '^', '$', '*', '+', '?' -> false;
      case '\\' -> text.charAt(at - 1) != 'b' && text.charAt(at - 1) != 'B';
      case '{' -> text.charAt(at - 1) == '{';
      default -> true;
    };
  }

  private String escape() {
    at += 2;
    return at > text.length() ? "it ends with a backslash" : "";
  }

  private String set() {
    int first = -1;
    at++;
    while (at < text.length() && text.charAt(at) != ']') {
      int value = member();
      boolean range =
          text.startsWith("-", at) && at + 1 < text.length() && text.charAt(at + 1) != ']';
      if (first >= 0 && value >= 0 && value < first) {
        return "a range in brackets is out of order";
      }
      first = range ? value : -1;
      at += range ? 1 : 0;
    }
    at++;
    return at > text.length() ? "a bracket is never closed" : "";
  }

  /** One character of a set; less than 0 if it stands for several. */
  private int member() {
    if (text.charAt(at) != '\\') {
      return text.charAt(at++);
    }
    at = Math.min(text.length(), at + 2);
    return -1;
  }

  private String open() {
    at++;
    depth++;
    if (!text.startsWith("?", at)) {
      return "";
    }
    for (String kind : new String[] {"?:", "?=", "?!", "?<=", "?<!"}) {
      if (text.startsWith(kind, at)) {
        at += kind.length();
        return "";
      }
    }
    if (text.substring(at).matches("(?s)\\?[ims-]+:.*")) {
      at = text.indexOf(':', at) + 1;
      return "";
    }
    int end = text.indexOf('>', at);
    if (end > 0 && text.substring(at, end).matches("\\?<[A-Za-z_$][\\w$]*")) {
      at = end + 1;
      return "";
    }
    return "a group begins with what JavaScript does not know";
  }

  private String close() {
    at++;
    return --depth < 0 ? "a parenthesis is closed that was not opened" : "";
  }

  private String repeat(boolean repeatable) {
    at++;
    if (text.startsWith("?", at) && repeatable) {
      at++;
    }
    return repeatable ? "" : "there is nothing to repeat";
  }

  /** A brace that is no count stands for itself. */
  private String count(boolean repeatable) {
    int end = text.indexOf('}', at);
    String inside = end < 0 ? "" : text.substring(at + 1, end);
    if (!inside.matches("\\d+(,\\d*)?")) {
      at++;
      return "";
    }
    at = end + 1;
    String[] bounds = inside.split(",");
    boolean reversed =
        bounds.length == 2 && new BigInteger(bounds[0]).compareTo(new BigInteger(bounds[1])) > 0;
    if (reversed) {
      return "a count in braces is out of order";
    }
    if (text.startsWith("?", at) && repeatable) {
      at++;
    }
    return repeatable ? "" : "there is nothing to repeat";
  }
}
