package dev.stravinsky.merge.json;

import dev.stravinsky.merge.json.Node.Group;
import dev.stravinsky.merge.json.Node.Item;
import dev.stravinsky.merge.json.Node.Scalar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By what an array's elements are known again when they changed. Of Claude Code's settings: a group
 * of hooks by its matcher, a hook by the script that it runs, an entry of a list of permissions by
 * its text. Where that is not unique, by more of the element; at last by all of it.
 */
final class Keys {
  /** Lists of words whose order or number has a meaning. */
  private static final Set<String> SEQUENCES = Set.of("args", "command");

  private static final Set<String> PERMISSIONS =
      Set.of("allow", "deny", "ask", "additionalDirectories");

  /** A file that is run, as commands name it: behind an interpreter, quoted, in any folder. */
  private static final Pattern SCRIPT =
      Pattern.compile("[^\\s\"'=;|&()]+\\.(?:py|sh|bash|js|mjs|cjs|ts|rb|pl|php|lua|ps1)\\b");

  /** What a hook of each type runs. */
  private static final List<String> RUNS = List.of("command", "prompt", "url", "server", "tool");

  private Keys() {}

  /**
   * Gives each element of an array its key. Two elements of one array never have the same.
   *
   * @param path where the arrays are
   * @param settings whether the file is one of Claude Code's settings
   * @param arrays all versions: what is a key must be one in each
   * @return empty if the elements are known by their place alone
   */
  static Optional<Function<Group, List<String>>> of(
      List<String> path, boolean settings, List<Group> arrays) {
    if (isHookGroups(path)) {
      return Optional.of(first(arrays, Keys::matcher, Keys::matcherAndHook));
    }
    if (isHooks(path)) {
      return Optional.of(first(arrays, Keys::script, Keys::hook));
    }
    boolean words = arrays.stream().flatMap(a -> a.items().stream()).allMatch(Keys::isWord);
    boolean set = isPermissions(path) || settings && !SEQUENCES.contains(path.getLast());
    return words && set && !path.isEmpty()
        ? Optional.of(first(arrays, Keys::word))
        : Optional.empty();
  }

  private static boolean isHookGroups(List<String> path) {
    return path.size() == 2 && path.getFirst().equals("hooks");
  }

  private static boolean isHooks(List<String> path) {
    return path.size() == 4 && path.getFirst().equals("hooks") && path.getLast().equals("hooks");
  }

  private static boolean isPermissions(List<String> path) {
    return path.size() == 2
        && path.getFirst().equals("permissions")
        && PERMISSIONS.contains(path.getLast());
  }

  /** The first kind of key that every element has and that tells all of an array apart. */
  @SafeVarargs
  private static Function<Group, List<String>> first(
      List<Group> arrays, Function<Node, String>... kinds) {
    for (Function<Node, String> kind : kinds) {
      Function<Group, List<String>> keys = array -> keys(array, kind);
      boolean unique =
          arrays.stream()
              .map(keys)
              .allMatch(k -> !k.contains("") && new HashSet<>(k).size() == k.size());
      if (unique) {
        return keys;
      }
    }
    return array -> numbered(keys(array, node -> node.value().toString()));
  }

  private static List<String> keys(Group array, Function<Node, String> kind) {
    return array.items().stream().map(item -> kind.apply(item.node())).toList();
  }

  /** Equal ones in their order. */
  private static List<String> numbered(List<String> keys) {
    Map<String, Integer> seen = new HashMap<>();
    return keys.stream().map(key -> key + "#" + seen.merge(key, 1, Integer::sum)).toList();
  }

  /** No matcher, an empty one and a star match everything alike. */
  private static String matcher(Node group) {
    if (!(group instanceof Group object) || !object.object()) {
      return "";
    }
    String matcher = text(object, "matcher").orElse("");
    return matcher.isEmpty() ? "*" : matcher;
  }

  private static String matcherAndHook(Node group) {
    String matcher = matcher(group);
    Optional<Node> hooks = matcher.isEmpty() ? Optional.empty() : member((Group) group, "hooks");
    return hooks
        .filter(Group.class::isInstance)
        .map(Group.class::cast)
        .filter(list -> !list.items().isEmpty())
        .map(list -> matcher + " " + script(list.items().getFirst().node()))
        .orElse(matcher);
  }

  /** The script's path from the configuration's folder on, however the command leads to it. */
  private static String script(Node hook) {
    String run = hook(hook);
    Matcher script = SCRIPT.matcher(run);
    if (!script.find()) {
      return run;
    }
    String path = script.group();
    int folder = path.lastIndexOf(".claude/");
    return folder < 0 ? path : path.substring(folder + ".claude/".length());
  }

  private static String hook(Node hook) {
    if (!(hook instanceof Group object) || !object.object()) {
      return "";
    }
    for (String each : RUNS) {
      Optional<String> run = text(object, each);
      if (run.isPresent()) {
        return run.get();
      }
    }
    return "";
  }

  private static boolean isWord(Item item) {
    return item.node() instanceof Scalar;
  }

  private static String word(Node node) {
    return node.value().toString();
  }

  private static Optional<String> text(Group object, String name) {
    return member(object, name)
        .map(Node::value)
        .filter(v -> v.toString().startsWith("\""))
        .map(v -> v.toString().substring(1));
  }

  private static Optional<Node> member(Group object, String name) {
    return object.items().stream().filter(i -> i.name().equals(name)).map(Item::node).findFirst();
  }
}
