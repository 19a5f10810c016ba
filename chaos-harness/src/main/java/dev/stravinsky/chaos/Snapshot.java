package dev.stravinsky.chaos;

import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What the user's files are, as text: type, mode, and digest or link target by path.
 *
 * @param entries without folders of transactions
 * @param leftovers the paths of such folders
 */
record Snapshot(Map<String, String> entries, List<String> leftovers) {
  private static final String STAGING = ".stravinsky-";
  private static final int SHOWN = 5;

  /** What is said of a path where nothing is. */
  static final String ABSENT = "absent";

  /** The user's configuration, what links out of it lead to, and plugins. */
  static Snapshot of(Sandbox sandbox) throws IOException {
    Snapshot snapshot = new Snapshot(new TreeMap<>(), new ArrayList<>());
    snapshot.walk(sandbox.claude());
    for (String beside : List.of("dotfiles", ".stravinsky/plugins")) {
      Path directory = sandbox.userHome().resolve(beside);
      if (Files.exists(directory)) {
        snapshot.walk(directory);
      }
    }
    return snapshot;
  }

  /** What work that is over left of releases, journals, and backups that were not published. */
  static List<String> homeLeftovers(Sandbox sandbox) throws IOException {
    List<String> found = new ArrayList<>();
    Path home = sandbox.home().directory();
    addEntries(home.resolve("recovery/staging"), "*", found);
    addEntries(home.resolve("recovery/journal"), "*", found);
    addEntries(home.resolve("backups"), ".*", found);
    return found;
  }

  private static void addEntries(Path directory, String glob, List<String> found)
      throws IOException {
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
        entries.forEach(entry -> found.add(entry.toString()));
      }
    }
  }

  private void walk(Path directory) throws IOException {
    try (DirectoryStream<Path> list = Files.newDirectoryStream(directory)) {
      for (Path entry : list) {
        String name = entry.getFileName().toString();
        if (name.startsWith(STAGING)) {
          leftovers.add(entry.toString());
          continue;
        }
        if (name.startsWith(".") && name.endsWith(".jar.tmp")) {
          continue; // What was to be a plugin, and is none by this name.
        }
        PosixFileAttributes attributes =
            Files.readAttributes(entry, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        entries.put(entry.toString(), describe(entry, attributes));
        if (attributes.isDirectory()) {
          walk(entry);
        }
      }
    }
  }

  private static String describe(Path entry, PosixFileAttributes attributes) throws IOException {
    if (attributes.isSymbolicLink()) {
      return "link to " + Files.readSymbolicLink(entry);
    }
    String mode = PosixFilePermissions.toString(attributes.permissions());
    return attributes.isDirectory()
        ? "directory " + mode
        : "file " + mode + " " + Digests.of(Files.readAllBytes(entry));
  }

  /** The digests of all the user's files' content; plugins are replaced for good. */
  Set<String> contents() {
    return contents(path -> !path.contains("/.stravinsky/plugins/"));
  }

  /** The digests of what is in hooks, commands and settings. */
  Set<String> targetContents() {
    return contents(path -> path.matches(".*/(hooks|commands)/.*|.*/settings(\\.local)?\\.json"));
  }

  private Set<String> contents(Predicate<String> which) {
    Set<String> digests = new TreeSet<>();
    entries.forEach(
        (path, entry) -> {
          if (entry.startsWith("file ") && which.test(path)) {
            digests.add(entry.substring(entry.lastIndexOf(' ') + 1));
          }
        });
    return digests;
  }

  boolean sameAs(Snapshot other) {
    return entries.equals(other.entries);
  }

  /** The paths in which it differs, in their order. */
  List<String> pathsDifferingFrom(Snapshot other) {
    Set<String> paths = new TreeSet<>(entries.keySet());
    paths.addAll(other.entries.keySet());
    return paths.stream().filter(p -> !at(p).equals(other.at(p))).toList();
  }

  /** The first differences, for people. */
  List<String> differencesFrom(Snapshot other) {
    return pathsDifferingFrom(other).stream()
        .limit(SHOWN)
        .map(p -> p + " is " + at(p) + ", not " + other.at(p))
        .toList();
  }

  /** The digest of the file at a path; empty if there is none. */
  String digestAt(String path) {
    String entry = at(path);
    return entry.startsWith("file ") ? entry.substring(entry.lastIndexOf(' ') + 1) : "";
  }

  String at(String path) {
    return entries.getOrDefault(path, ABSENT);
  }
}
