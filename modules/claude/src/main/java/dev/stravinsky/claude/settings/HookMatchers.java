package dev.stravinsky.claude.settings;

import dev.stravinsky.claude.settings.SettingsShape.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Matchers of hooks: names, a list of names, or a regular expression. */
final class HookMatchers {
  /** What is no regular expression to Claude Code. */
  private static final Pattern NAMES = Pattern.compile("\\*?|[\\w|, -]*");

  private HookMatchers() {}

  /** Those that do not compile, so that their hooks never run. */
  static List<Violation> broken(JsonNode root) {
    List<Violation> broken = new ArrayList<>();
    for (Group group : groups(root)) {
      JsonNode matcher = group.node().path("matcher");
      if (matcher.isString() && !NAMES.matcher(matcher.asString()).matches()) {
        String pointer = LocatedJson.child(group.pointer(), "matcher");
        JsPattern.fault(matcher.asString())
            .map(f -> LocatedJson.readable(pointer) + " is no regular expression: " + f)
            .ifPresent(message -> broken.add(new Violation(pointer, message)));
      }
    }
    return broken;
  }

  /** Hooks that stand a second time for the same event and matcher. */
  static List<Violation> repeated(JsonNode root) {
    Map<List<Object>, String> seen = new HashMap<>();
    List<Violation> repeated = new ArrayList<>();
    for (Group group : groups(root)) {
      JsonNode handlers = group.node().path("hooks");
      String matcher = group.node().path("matcher").asString("").replaceAll("^\\*$", "");
      for (int i = 0; i < handlers.size(); i++) {
        String pointer = LocatedJson.child(LocatedJson.child(group.pointer(), "hooks"), i);
        String first = seen.putIfAbsent(List.of(group.event(), matcher, handlers.path(i)), pointer);
        if (first != null) {
          String message =
              LocatedJson.readable(pointer) + " is the same as " + LocatedJson.readable(first);
          repeated.add(new Violation(pointer, message));
        }
      }
    }
    return repeated;
  }

  private record Group(String event, String pointer, JsonNode node) {}

  private static List<Group> groups(JsonNode root) {
    List<Group> groups = new ArrayList<>();
    for (Map.Entry<String, JsonNode> event : root.path("hooks").properties()) {
      String pointer = LocatedJson.child("/hooks", event.getKey());
      for (int i = 0; i < event.getValue().size(); i++) {
        String child = LocatedJson.child(pointer, i);
        groups.add(new Group(event.getKey(), child, event.getValue().path(i)));
      }
    }
    return groups;
  }
}
