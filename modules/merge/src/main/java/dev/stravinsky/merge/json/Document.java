package dev.stravinsky.merge.json;

import dev.stravinsky.merge.json.Node.Group;
import dev.stravinsky.merge.json.Node.Item;
import dev.stravinsky.merge.json.Node.Scalar;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * A JSON text taken apart. Comments and a comma behind the last item are let pass, as other tools
 * write them.
 *
 * @param before what stands before its value
 * @param after what stands behind it
 */
record Document(String before, Node root, String after) {
  private static final JsonFactory READER =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /**
   * @throws NotJsonException if it is no JSON, has a name twice in one object, or is nested too
   *     deeply
   */
  static Document of(String text) {
    int from = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
    validate(text.substring(from));
    return new Splitting(text, from).document();
  }

  String text() {
    StringBuilder out = new StringBuilder(before);
    root.write(out);
    return out.append(after).toString();
  }

  /** A library judges it; what follows can then rely on it. */
  private static void validate(String text) {
    try (JsonParser parser = READER.createParser(ObjectReadContext.empty(), text)) {
      int values = 0;
      int depth = 0;
      for (JsonToken t = parser.nextToken(); t != null; t = parser.nextToken()) {
        values += depth == 0 && !t.isStructEnd() ? 1 : 0;
        depth += t.isStructStart() ? 1 : t.isStructEnd() ? -1 : 0;
      }
      if (values != 1) {
        throw new NotJsonException(values == 0 ? "it is empty" : "it has more than one value");
      }
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new NotJsonException(line > 0 ? "line " + line : "it cannot be read");
    }
  }

  private static String decoded(String raw) {
    if (raw.indexOf('\\') < 0) {
      return raw.substring(1, raw.length() - 1);
    }
    try (JsonParser parser = READER.createParser(ObjectReadContext.empty(), raw)) {
      parser.nextToken();
      return parser.getString();
    }
  }

  /** Takes a text that is known to be right apart. */
  private static final class Splitting {
    private final String text;
    private int at;

    Splitting(String text, int from) {
      this.text = text;
      this.at = from;
    }

    Document document() {
      skipBlanks();
      String before = text.substring(0, at);
      Node root = node();
      return new Document(before, root, text.substring(at));
    }

    private Node node() {
      char first = text.charAt(at);
      if (first == '{' || first == '[') {
        at++;
        return group(first == '{');
      }
      int from = at;
      if (first == '"') {
        skipString();
        String raw = text.substring(from, at);
        return new Scalar(raw, '"' + decoded(raw));
      }
      while (at < text.length() && ",]}/ \t\r\n".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      String raw = text.substring(from, at);
      return new Scalar(raw, raw);
    }

    private Group group(boolean object) {
      List<Item> items = new ArrayList<>();
      boolean comma = false;
      while (true) {
        String lead = blanks();
        if (text.charAt(at) == (object ? '}' : ']')) {
          at++;
          return Group.of(object, items, lead, comma);
        }
        int from = at;
        String name = object ? name() : "";
        String label = text.substring(from, at);
        Node node = node();
        int end = at;
        String gap = blanks();
        comma = text.charAt(at) == ',';
        at = comma ? at + 1 : end;
        items.add(new Item(lead, name, label, node, comma ? gap : "", comment()));
      }
    }

    /** Leaves the value that belongs to it to be read. */
    private String name() {
      int from = at;
      skipString();
      String name = decoded(text.substring(from, at));
      skipBlanks();
      at++; // The colon.
      skipBlanks();
      return name;
    }

    /** A comment that ends the line which begins here. */
    private String comment() {
      int from = at;
      int to = at;
      while (to < text.length() && " \t".indexOf(text.charAt(to)) >= 0) {
        to++;
      }
      if (text.startsWith("//", to)) {
        at = lineEnd(to);
      } else if (text.startsWith("/*", to)) {
        int end = text.indexOf("*/", to + 2) + 2;
        at = text.substring(end, lineEnd(end)).isBlank() ? end : at;
      }
      return text.substring(from, at);
    }

    private int lineEnd(int from) {
      int end = text.indexOf('\n', from);
      int stop = end < 0 ? text.length() : end;
      return stop > from && text.charAt(stop - 1) == '\r' ? stop - 1 : stop;
    }

    private void skipString() {
      for (at++; text.charAt(at) != '"'; at++) {
        if (text.charAt(at) == '\\') {
          at++;
        }
      }
      at++;
    }

    private String blanks() {
      int from = at;
      skipBlanks();
      return text.substring(from, at);
    }

    private void skipBlanks() {
      while (at < text.length()) {
        if (" \t\r\n".indexOf(text.charAt(at)) >= 0) {
          at++;
        } else if (text.startsWith("//", at)) {
          int end = text.indexOf('\n', at);
          at = end < 0 ? text.length() : end;
        } else if (text.startsWith("/*", at)) {
          at = text.indexOf("*/", at + 2) + 2;
        } else {
          return;
        }
      }
    }
  }
}
