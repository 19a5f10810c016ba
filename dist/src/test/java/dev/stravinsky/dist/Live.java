package dev.stravinsky.dist;

import dev.stravinsky.testkit.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A user's configuration, and what links out of it lead to, as it was at one moment.
 *
 * @param entries type, mode and content by path; of directories only that they are there
 * @param leftovers folders of transactions
 */
record Live(SortedMap<String, String> entries, List<String> leftovers) {
  private static final Pattern STAGING = Pattern.compile("(^|.*/)\\.stravinsky-[^/]*(/.*|$)");
  private static final Pattern HOOK = Pattern.compile("\"command\": *\"~/([^\" ]+)\"");
  private static final int SHOWN = 4;
  private static final int WIDTH = 70;

  static Live of(User user) throws IOException {
    Live live = new Live(new TreeMap<>(), new ArrayList<>());
    live.add(".claude/", user.claude());
    live.add("dotfiles/", user.dotfiles());
    return live;
  }

  private void add(String prefix, Path folder) throws IOException {
    Tree.of(folder)
        .forEach(
            (path, what) -> {
              if (STAGING.matcher(path).matches()) {
                leftovers.add(prefix + path);
              } else {
                entries.put(prefix + path, plain(what));
              }
            });
  }

  /** A release says nothing of the modes of directories. */
  static String plain(String what) {
    return what.startsWith("directory") ? "directory" : what;
  }

  /** The content of each file, in hexadecimal. */
  static Set<String> contents(SortedMap<String, String> entries) {
    return entries.values().stream()
        .filter(what -> what.startsWith("file "))
        .map(what -> what.substring(what.lastIndexOf(' ') + 1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The scripts that the settings name and that are not there. */
  static List<String> missingScripts(User user) throws IOException {
    List<String> missing = new ArrayList<>();
    Path settings = user.claude().resolve("settings.json");
    if (!Files.exists(settings)) {
      return List.of(settings.toString());
    }
    Matcher hook = HOOK.matcher(Files.readString(settings));
    while (hook.find()) {
      if (!Files.exists(user.home().resolve(hook.group(1)))) {
        missing.add(hook.group(1));
      }
    }
    return missing;
  }

  /** The first differences, cut to what a person can read. */
  List<String> differencesFrom(SortedMap<String, String> other) {
    Set<String> paths = new TreeSet<>(entries.keySet());
    paths.addAll(other.keySet());
    return paths.stream()
        .filter(path -> !at(entries, path).equals(at(other, path)))
        .limit(SHOWN)
        .map(path -> path + " is " + cut(at(entries, path)) + ", not " + cut(at(other, path)))
        .toList();
  }

  static String at(SortedMap<String, String> entries, String path) {
    return entries.getOrDefault(path, "absent");
  }

  private static String cut(String what) {
    return what.length() <= WIDTH ? what : what.substring(0, WIDTH) + "...";
  }
}
