package dev.stravinsky.merge.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value as it is written. */
sealed interface Node {

  /** What it says, however it is written: equal values are equal objects. */
  Object value();

  void write(StringBuilder out);

  /** A string, number, {@code true}, {@code false} or {@code null}; {@code raw} is as written. */
  record Scalar(String raw, Object value) implements Node {
    @Override
    public void write(StringBuilder out) {
      out.append(raw);
    }
  }

  /**
   * An object or array.
   *
   * @param tail what stands before the closing bracket
   * @param comma whether a comma stands behind the last item too
   */
  record Group(boolean object, List<Item> items, String tail, boolean comma, Object value)
      implements Node {

    static Group of(boolean object, List<Item> items, String tail, boolean comma) {
      return new Group(object, List.copyOf(items), tail, comma, value(object, items));
    }

    private static Object value(boolean object, List<Item> items) {
      if (!object) {
        return items.stream().map(item -> item.node().value()).toList();
      }
      Map<String, Object> members = new LinkedHashMap<>();
      items.forEach(item -> members.put(item.name(), item.node().value()));
      return members;
    }

    /** The same place with other items. */
    Group with(List<Item> others, String newTail) {
      return of(object, others, newTail, comma);
    }

    @Override
    public void write(StringBuilder out) {
      out.append(object ? '{' : '[');
      for (int i = 0; i < items.size(); i++) {
        boolean last = i == items.size() - 1;
        items.get(i).write(out, comma || !last);
        endComment(items.get(i), last ? tail : items.get(i + 1).lead(), out);
      }
      out.append(tail).append(object ? '}' : ']');
    }

    /** What moved behind a comment to the line's end must not become a part of it. */
    private static void endComment(Item item, String next, StringBuilder out) {
      boolean ended = next.startsWith("\n") || next.startsWith("\r\n");
      if (item.trail().contains("//") && !ended) {
        out.append('\n');
      }
    }
  }

  /**
   * A member of an object or an element of an array, with what stands around it.
   *
   * @param lead what stands before it: blanks and comments
   * @param name the member's name; empty for an element
   * @param label the name as it is written, up to the value
   * @param gap what stands between it and its comma
   * @param trail a comment behind it in the same line
   */
  record Item(String lead, String name, String label, Node node, String gap, String trail) {

    /**
     * Where in the label the name ends, behind its second quote; 0 for an element. Comments between
     * it and the value may have quotes too.
     */
    int nameEnd() {
      int at = label.isEmpty() ? 0 : 1;
      while (at < label.length() && label.charAt(at) != '"') {
        at += label.charAt(at) == '\\' ? 2 : 1;
      }
      return label.isEmpty() ? 0 : at + 1;
    }

    Item with(Node other) {
      return new Item(lead, name, label, other, gap, trail);
    }

    Item led(String otherLead) {
      return new Item(otherLead, name, label, node, gap, trail);
    }

    void write(StringBuilder out, boolean comma) {
      out.append(lead).append(label);
      node.write(out);
      out.append(gap);
      if (comma) {
        out.append(',');
      }
      out.append(trail);
    }
  }
}
