package dev.stravinsky.config;

import java.util.List;
import java.util.Optional;

/** Sets one value in the text of a JSON object and leaves every other character as it is. */
final class Edit {
  private static final String UNIT = "  ";

  private Edit() {}

  /** The text of a new file with one value. */
  static String newFile(Key<?> key, String value) {
    String member = JsonWriting.quoted(key.name()) + ": " + value;
    return key.section()
        .map(
            section ->
                "{\n"
                    + UNIT
                    + JsonWriting.quoted(section)
                    + ": {\n"
                    + UNIT
                    + UNIT
                    + member
                    + "\n"
                    + UNIT
                    + "}\n}\n")
        .orElse("{\n" + UNIT + member + "\n}\n");
  }

  /** Replaces the value where it is given, or adds it to its section, or adds the section. */
  static String set(String text, Json.Members root, Key<?> key, String value) {
    Optional<Json> section = key.section().flatMap(name -> member(root, name));
    Optional<Json> there =
        key.section().isEmpty()
            ? member(root, key.name())
            : section.flatMap(s -> member((Json.Members) s, key.name()));
    if (there.isPresent()) {
      return replace(text, there.get().span(), value);
    }
    if (section.isPresent()) {
      return insert(text, (Json.Members) section.get(), key.name(), value);
    }
    return key.section()
        .map(name -> insert(text, root, name, sectionWith(text, root, key.name(), value)))
        .orElseGet(() -> insert(text, root, key.name(), value));
  }

  /** Replaces the value of a name at the top level, if it is there. */
  static Optional<String> setTopLevel(String text, Json.Members root, String name, String value) {
    return member(root, name).map(json -> replace(text, json.span(), value));
  }

  private static Optional<Json> member(Json.Members object, String name) {
    return object.members().stream()
        .filter(member -> member.name().equals(name))
        .map(Json.Member::value)
        .findFirst();
  }

  private static String replace(String text, Json.Span span, String value) {
    return text.substring(0, span.start()) + value + text.substring(span.end());
  }

  private static String insert(String text, Json.Members object, String name, String value) {
    String member = JsonWriting.quoted(name) + ": " + value;
    List<Json.Member> members = object.members();
    if (members.isEmpty()) {
      String newline = newline(text);
      String outer = indentAt(text, object.span().start());
      String content = "{" + newline + outer + UNIT + member + newline + outer + "}";
      return replace(text, object.span(), content);
    }
    int at = members.getLast().value().span().end();
    return text.substring(0, at)
        + ","
        + gapBefore(text, members.getLast())
        + member
        + text.substring(at);
  }

  /** What stands between the last member and the comma or brace before it: how the file is set. */
  private static String gapBefore(String text, Json.Member member) {
    int start = member.nameSpan().start();
    int gap = start;
    while (gap > 0 && Character.isWhitespace(text.charAt(gap - 1))) {
      gap--;
    }
    return text.substring(gap, start);
  }

  /** A new section, set like the file around it. */
  private static String sectionWith(String text, Json.Members root, String name, String value) {
    String member = JsonWriting.quoted(name) + ": " + value;
    String gap =
        root.members().isEmpty() ? newline(text) + UNIT : gapBefore(text, root.members().getLast());
    int lastLine = gap.lastIndexOf('\n');
    if (lastLine < 0) {
      return "{" + member + "}";
    }
    String outer = gap.substring(lastLine + 1);
    String inner = outer + (outer.isEmpty() ? UNIT : outer);
    return "{" + newline(text) + inner + member + newline(text) + outer + "}";
  }

  private static String indentAt(String text, int offset) {
    int line = text.lastIndexOf('\n', offset) + 1;
    int end = line;
    while (end < offset && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
      end++;
    }
    return text.substring(line, end);
  }

  private static String newline(String text) {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }
}
