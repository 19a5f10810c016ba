package dev.stravinsky.merge.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Settings as maps and lists, with a writer and a reader that share nothing with the product's.
 * Each word in it is there only once, so that it can be looked for.
 */
final class SettingsModel {
  private static final ObjectMapper READER = new ObjectMapper();

  private final Map<String, Object> root;

  private SettingsModel(Map<String, Object> root) {
    this.root = root;
  }

  static SettingsModel random(Random random) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("model", "m0");
    root.put("env", members("E", random.nextInt(4), random));
    Map<String, Object> permissions = new LinkedHashMap<>();
    permissions.put("allow", words("allow", random.nextInt(4)));
    permissions.put("deny", words("deny", random.nextInt(3)));
    root.put("permissions", permissions);
    Map<String, Object> hooks = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      hooks.put("Event" + i, groups("g" + i, 1 + random.nextInt(2), random));
    }
    root.put("hooks", hooks);
    root.put("other", members("K", 1 + random.nextInt(4), random));
    return new SettingsModel(root);
  }

  private static Map<String, Object> members(String prefix, int count, Random random) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      Object value = prefix + "value" + i;
      members.put(
          prefix + i, random.nextInt(4) == 0 ? members(prefix + i + "x", 2, random) : value);
    }
    return members;
  }

  private static List<Object> words(String prefix, int count) {
    List<Object> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(prefix + "(" + i + ")");
    }
    return words;
  }

  private static List<Object> groups(String prefix, int count, Random random) {
    List<Object> groups = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Object> hooks = new ArrayList<>();
      for (int h = random.nextInt(3); h >= 0; h--) {
        hooks.add(hook(prefix + i + "h" + h));
      }
      groups.add(group(prefix + "m" + i, hooks));
    }
    return groups;
  }

  static Map<String, Object> group(String matcher, List<Object> hooks) {
    Map<String, Object> group = new LinkedHashMap<>();
    group.put("matcher", matcher);
    group.put("hooks", hooks);
    return group;
  }

  static Map<String, Object> hook(String name) {
    Map<String, Object> hook = new LinkedHashMap<>();
    hook.put("type", "command");
    hook.put("command", "~/.claude/hooks/" + name + ".py");
    return hook;
  }

  SettingsModel copy() {
    @SuppressWarnings("unchecked")
    Map<String, Object> copy = (Map<String, Object>) copy(root);
    return new SettingsModel(copy);
  }

  private static Object copy(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((k, v) -> copy.put((String) k, copy(v)));
      return copy;
    }
    return value instanceof List<?> list
        ? new ArrayList<>(list.stream().map(SettingsModel::copy).toList())
        : value;
  }

  Map<String, Object> root() {
    return root;
  }

  boolean has(String word) {
    return canonical().contains(word);
  }

  /** In lines, or in one line where the indent is empty. */
  String text(String indent) {
    return write(root, "", indent) + (indent.isEmpty() ? "" : "\n");
  }

  private static String write(Object value, String indent, String unit) {
    if (value instanceof String text) {
      return '"' + text + '"';
    }
    boolean object = value instanceof Map;
    String open = object ? "{" : "[";
    String close = object ? "}" : "]";
    List<String> items = new ArrayList<>();
    if (value instanceof Map<?, ?> map) {
      String colon = unit.isEmpty() ? "\":" : "\": ";
      map.forEach((k, v) -> items.add('"' + k.toString() + colon + write(v, indent + unit, unit)));
    } else {
      ((Collection<?>) value).forEach(v -> items.add(write(v, indent + unit, unit)));
    }
    if (items.isEmpty() || unit.isEmpty()) {
      return open + String.join(",", items) + close;
    }
    String lead = "\n" + indent + unit;
    return open + lead + String.join("," + lead, items) + "\n" + indent + close;
  }

  /** One spelling for all that says the same: of keys and of elements the order does not count. */
  String canonical() {
    return canonical(root);
  }

  static String parse(String text) {
    return canonical(plain(READER.readTree(text)));
  }

  private static Object plain(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      node.properties().forEach(e -> map.put(e.getKey(), plain(e.getValue())));
      return map;
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(each -> list.add(plain(each)));
      return list;
    }
    return node.asString();
  }

  private static String canonical(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, String> sorted = new TreeMap<>();
      map.forEach((k, v) -> sorted.put((String) k, canonical(v)));
      return sorted.toString();
    }
    return value instanceof List<?> list
        ? list.stream().map(SettingsModel::canonical).sorted().toList().toString()
        : "<" + value + ">";
  }
}
