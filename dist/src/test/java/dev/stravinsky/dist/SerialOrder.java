package dev.stravinsky.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the trail's events, one after the other, make of the files: a model that knows the releases,
 * reads the backups with {@code tar}, and knows nothing else of the product.
 *
 * <p>An update with {@code --on-conflict take} puts all files of its release in force, since all
 * releases here have the same files, each with other content. A rollback or undo puts those of the
 * backup in force that the event names, a recovery only the paths that it names. Whatever did not
 * end in success changes nothing.
 */
final class SerialOrder {
  private final Map<String, Path> releases;
  private final Path claude;
  private final Path backups;
  private final Path scratch;
  private final Map<String, SortedMap<String, String>> unpacked = new TreeMap<>();
  private final SortedMap<String, String> state = new TreeMap<>();
  private final List<String> violations = new ArrayList<>();
  private final List<String> history = new ArrayList<>();
  private final SortedMap<String, Integer> counts = new TreeMap<>();
  private String version = "untracked";

  /**
   * @param releases the folder of each version
   * @param scratch where backups are unpacked
   */
  SerialOrder(Map<String, Path> releases, User user, Path scratch) {
    this.releases = releases;
    this.claude = user.claude();
    this.backups = user.backups();
    this.scratch = scratch;
  }

  /**
   * Everything that the log tells, from its first line.
   *
   * @param before the user's files before that
   */
  static SerialOrder of(
      Map<String, Path> releases, User user, Path scratch, SortedMap<String, String> before)
      throws IOException, InterruptedException {
    SerialOrder order = new SerialOrder(releases, user, scratch);
    order.state.putAll(before);
    Path log = user.home().resolve(".stravinsky/rollback/audit/operations.log");
    for (String line : Files.readAllLines(log)) {
      order.follow(line);
    }
    return order;
  }

  /** The version that is in force in the end. */
  String version() {
    return version;
  }

  /** The files as they are in the end, by their path in the configuration. */
  SortedMap<String, String> state() {
    return state;
  }

  /** Where an event does not follow from those before it. */
  List<String> violations() {
    return violations;
  }

  /** The events that changed files, in short, for a report. */
  String history() {
    return String.join("\n", history);
  }

  /** How many events of each type there were. */
  SortedMap<String, Integer> counts() {
    return counts;
  }

  /** What is below a folder, as the model has it. */
  static SortedMap<String, String> files(Path folder) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path each : below.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(each).toString(), Files.readString(each));
      }
    }
    return files;
  }

  private void follow(String line) throws IOException, InterruptedException {
    String type = field(line, "event_type");
    counts.merge(type, 1, Integer::sum);
    boolean changes =
        List.of("UPDATE_SUCCESS", "MANUAL_ROLLBACK", "RECOVERY_ATTEMPT").contains(type);
    if (!changes || !field(line, "status").equals("success")) {
      return;
    }
    if (!field(line, "previous_version").equals(version)) {
      violations.add("in force was " + version + ", but this follows: " + line);
    }
    version = field(line, "version");
    history.add(type + " " + version + " " + line.replaceAll(".*(\"details\".*?}).*", "$1"));
    if (type.equals("UPDATE_SUCCESS")) {
      state.putAll(files(releases.get(version)));
      return;
    }
    SortedMap<String, String> backup = backup(field(line, "restored"));
    if (type.equals("MANUAL_ROLLBACK")) {
      state.keySet().retainAll(backup.keySet());
      backup.forEach(state::put);
    } else {
      for (String path : field(line, "paths").split(", ")) {
        String name = claude.relativize(Path.of(path)).toString();
        state.put(name, backup.get(name));
      }
    }
  }

  private SortedMap<String, String> backup(String id) throws IOException, InterruptedException {
    if (!unpacked.containsKey(id)) {
      SortedMap<String, String> files = new TreeMap<>();
      Path folder = Files.createDirectories(scratch.resolve("backup" + unpacked.size()));
      for (Path archive : archives(backups.resolve(id))) {
        Run tar =
            Run.of(
                Map.of("PATH", System.getenv("PATH")),
                Path.of("/bin/tar"),
                "-xzf",
                archive,
                "-C",
                folder);
        if (tar.status() != 0) {
          violations.add("tar cannot unpack " + archive + ": " + tar.err());
        }
      }
      // hooks/global/x is hooks/x, settings/global/settings.json is settings.json.
      files(folder)
          .forEach(
              (path, content) ->
                  files.put(path.replace("/global/", "/").replace("settings/", ""), content));
      unpacked.put(id, files);
    }
    return unpacked.get(id);
  }

  private static List<Path> archives(Path backup) throws IOException {
    try (Stream<Path> files = Files.list(backup)) {
      return files.filter(file -> file.toString().endsWith(".tar.gz")).sorted().toList();
    }
  }

  private static String field(String line, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(line);
    if (!matcher.find()) {
      throw new IllegalStateException("no " + name + " in " + line);
    }
    return matcher.group(1);
  }
}
