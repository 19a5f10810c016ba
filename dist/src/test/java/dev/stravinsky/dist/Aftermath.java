package dev.stravinsky.dist;

import dev.stravinsky.api.Home;
import dev.stravinsky.testkit.contract.TrailOracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What must hold after an update was cut off or failed, seen with a tree walk, {@code sha256sum},
 * {@code tar} and a few lines for the trail: nothing of the product but the commands that a user
 * would type next. One for each case; each step adds to the violations.
 */
final class Aftermath {
  private static final Pattern STACK_TRACE = Pattern.compile("(?m)^\\s+at [\\w.$/]+\\(");

  private final User user;
  private final SortedMap<String, String> before;
  private final SortedMap<String, String> after;
  private final long successesBefore;
  private final List<String> violations = new ArrayList<>();
  private boolean isNew;
  private boolean interrupted;

  /**
   * @param before the old state
   * @param after the new state
   * @param successesBefore how often the trail had told of a success
   */
  Aftermath(
      User user,
      SortedMap<String, String> before,
      SortedMap<String, String> after,
      long successesBefore) {
    this.user = user;
    this.before = before;
    this.after = after;
    this.successesBefore = successesBefore;
  }

  List<String> violations() {
    return violations;
  }

  boolean isNew() {
    return isNew;
  }

  /** Whether the next command found a transaction to end. */
  boolean interrupted() {
    return interrupted;
  }

  /** The update came to an end and said how. */
  void ended(Run run) throws IOException {
    Live live = Live.of(user);
    if (STACK_TRACE.matcher(run.err() + run.out()).find()) {
      violations.add("a stack trace: " + run);
    }
    if (run.status() != 0 && run.err().isBlank()) {
      violations.add("no message: " + run);
    }
    boolean unfinished = run.err().contains("the next command finishes it");
    if (run.status() == 0 && !unfinished && !live.entries().equals(after)) {
      violations.add("says it was done, but " + live.differencesFrom(after));
    }
    if (run.err().contains("files are as they were") && !live.entries().equals(before)) {
      violations.add("says nothing changed, but " + live.differencesFrom(before) + ": " + run);
    }
  }

  /** Before any other command: each file is old or new, and the settings name what is there. */
  void atOnce() throws IOException {
    Live live = Live.of(user);
    Set<String> paths = new HashSet<>(live.entries().keySet());
    paths.addAll(before.keySet());
    for (String path : paths) {
      String now = Live.at(live.entries(), path);
      if (!now.equals(Live.at(before, path)) && !now.equals(Live.at(after, path))) {
        violations.add("neither old nor new at once: " + path + " is " + now);
      }
    }
    Live.missingScripts(user).forEach(hook -> violations.add("settings name " + hook));
  }

  /** The next command, and what it leaves. */
  void status() throws IOException, InterruptedException {
    Run status = user.types("status");
    interrupted = status.err().contains("the interrupted");
    if (status.status() != 0) {
      violations.add("status fails: " + status);
    }
    Live live = Live.of(user);
    isNew = live.entries().equals(after);
    if (!isNew && !live.entries().equals(before)) {
      violations.add(
          "neither old nor new: old but for "
              + live.differencesFrom(before)
              + "; new but for "
              + live.differencesFrom(after));
    }
    Live.missingScripts(user).forEach(hook -> violations.add("settings name " + hook));
    live.leftovers().stream()
        .filter(left -> !status.out().contains(left))
        .forEach(left -> violations.add("left behind: " + left + ", unnamed in " + status));
    long told = successes(true) - successesBefore;
    if (told != (isNew ? 1 : 0)) {
      violations.add("new: " + isNew + ", but successes in the trail: " + told + ": " + status);
    }
    stored();
  }

  /** The same command, with nothing in its way. */
  void again(Run run) throws IOException, InterruptedException {
    if (run.status() != 0) {
      violations.add("the same command fails afterwards: " + run);
    }
    Live live = Live.of(user);
    if (!live.entries().equals(after)) {
      violations.add("not new after the same command: " + live.differencesFrom(after));
    }
    live.leftovers().forEach(left -> violations.add("left behind in the end: " + left));
    inHome().forEach(left -> violations.add("left behind in the home: " + left));
    if (successes(false) - successesBefore != 1) {
      violations.add("after the same command the trail does not tell of one success");
    }
    stored();
  }

  /** Every old byte is live or stored, and no backup is bad. */
  private void stored() throws IOException, InterruptedException {
    PlainBackups backups = PlainBackups.of(user);
    backups.bad().forEach(id -> violations.add("does not verify: " + id));
    Set<String> missing = Live.contents(before);
    missing.removeAll(Live.contents(Live.of(user).entries()));
    missing.removeAll(backups.contents());
    missing.forEach(content -> violations.add("lost: " + content));
  }

  /** What a command makes for itself in the product's home: the next one to change it clears up. */
  private List<String> inHome() throws IOException {
    Home home = new Home(user.rollbackHome());
    List<String> left = new ArrayList<>(names(home.backups(), "."));
    left.addAll(names(home.staging(), ""));
    left.addAll(names(home.journal(), ""));
    return left;
  }

  private static List<String> names(Path folder, String prefix) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(Path::toString)
          .filter(path -> path.startsWith(prefix, path.lastIndexOf('/') + 1))
          .toList();
    }
  }

  private long successes(boolean maybeTorn) throws IOException {
    try {
      return successes(user, maybeTorn);
    } catch (AssertionError e) {
      violations.add("the trail: " + e.getMessage());
      return -1;
    }
  }

  /**
   * How often the trail tells of an update that succeeded.
   *
   * @param maybeTorn whether its last line may be a torn one: the next event puts it aside
   */
  static long successes(User user, boolean maybeTorn) throws IOException {
    Home home = new Home(user.rollbackHome());
    String log = Files.readString(home.operationsLog());
    if (!(maybeTorn && !log.endsWith("\n"))) {
      TrailOracle.eventIds(home);
    }
    return log.lines().filter(l -> l.contains("\"event_type\":\"UPDATE_SUCCESS\"")).count();
  }
}
