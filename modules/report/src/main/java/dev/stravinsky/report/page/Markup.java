package dev.stravinsky.report.page;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes elements; no text or attribute can become one. */
final class Markup {
  private final StringBuilder out = new StringBuilder(1 << 16);
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Begins an element.
   *
   * @param attributes names and values in turn
   */
  Markup open(String name, String... attributes) {
    tag(name, attributes);
    out.append('>');
    open.push(name);
    return this;
  }

  /** An element that has nothing in it. */
  Markup empty(String name, String... attributes) {
    tag(name, attributes);
    out.append("/>");
    return this;
  }

  /** An element with nothing but text in it. */
  Markup leaf(String name, String text, String... attributes) {
    return open(name, attributes).text(text).close();
  }

  Markup close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** A new line, for people who read the source. */
  Markup line() {
    out.append('\n');
    return this;
  }

  Markup text(String text) {
    escape(text, false);
    return this;
  }

  /**
   * Style or script of our own, which browsers read as it stands.
   *
   * @throws IllegalArgumentException if it has characters that XML reads otherwise
   */
  Markup verbatim(String ours) {
    if (ours.indexOf('<') >= 0 || ours.indexOf('&') >= 0) {
      throw new IllegalArgumentException("cannot stand in HTML and XML alike");
    }
    out.append(ours);
    return this;
  }

  private void tag(String name, String... attributes) {
    out.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1], true);
      out.append('"');
    }
  }

  private void escape(String text, boolean attribute) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append(attribute ? "&quot;" : "\"");
        default -> out.append(c);
      }
    }
  }

  /** All of it; every element has been closed. */
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not closed: " + open);
    }
    return out.toString();
  }
}
