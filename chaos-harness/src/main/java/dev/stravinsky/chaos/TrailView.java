package dev.stravinsky.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TrailOracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the trail claims.
 *
 * @param ids of its events, in their order
 * @param backups that it says were made
 * @param prunedThrough up to which event it was pruned for its age; 0 if it was not
 * @param broken why it is no unbroken chain; empty if it is one
 */
record TrailView(List<String> ids, List<String> backups, int prunedThrough, String broken) {
  private static final Pattern PRUNED =
      Pattern.compile(".*\"event_type\":\"AUDIT_PRUNED\".*\"through_seq\":\"(\\d+)\".*");

  private static final Pattern CREATED =
      Pattern.compile(".*\"event_type\":\"BACKUP_CREATED\".*\"backup\":\"([^\"]+)\".*");

  private static final Pattern DELETED =
      Pattern.compile(".*\"event_type\":\"BACKUP_DELETED\".*\"backup\":\"([^\"]+)\".*");

  private static final Pattern HEAD =
      Pattern.compile("\"seq\": ?(\\d+).*\"hash\": ?\"([0-9a-f]{64})\"");

  static TrailView of(Sandbox sandbox) throws IOException {
    List<String> backups = new ArrayList<>();
    int prunedThrough = 0;
    for (String line : TrailOracle.lines(sandbox.home())) {
      Matcher created = CREATED.matcher(line);
      if (created.matches()) {
        backups.add(created.group(1));
      }
      Matcher deleted = DELETED.matcher(line);
      if (deleted.matches()) {
        backups.remove(deleted.group(1));
      }
      Matcher pruned = PRUNED.matcher(line);
      if (pruned.matches()) {
        prunedThrough = Integer.parseInt(pruned.group(1));
      }
    }
    try {
      return new TrailView(
          TrailOracle.eventIdsBeforeTornTail(sandbox.home()), backups, prunedThrough, "");
    } catch (AssertionError e) {
      return new TrailView(List.of(), backups, prunedThrough, e.getMessage());
    }
  }

  /**
   * Where the trail is no unbroken chain up to the event that its head names; what a crash left of
   * a line may follow.
   */
  static List<String> damage(Sandbox sandbox) throws IOException {
    TrailView trail = of(sandbox);
    if (!trail.broken.isEmpty()) {
      return List.of(trail.broken);
    }
    Path file = sandbox.home().directory().resolve("audit/head.json");
    String head = Files.exists(file) ? new String(Files.readAllBytes(file), ISO_8859_1) : "";
    Matcher named = HEAD.matcher(head);
    if (!named.find()) {
      return List.of();
    }
    String seq = "{\"seq\":" + named.group(1) + ",";
    String hash = "\"hash\":\"" + named.group(2) + "\"}";
    boolean there =
        TrailOracle.lines(sandbox.home()).stream()
            .anyMatch(line -> line.startsWith(seq) && line.endsWith(hash));
    return there ? List.of() : List.of("the event that head.json names is not in it");
  }

  /** How many transactions it says were committed. */
  long commits() {
    return commits(ids);
  }

  /** The same with those that were in it once, as an earlier view shows, and were pruned since. */
  long commitsWith(TrailView earlier) {
    Set<String> all = new LinkedHashSet<>(ids);
    all.addAll(earlier.ids.subList(0, Math.min(earlier.ids.size(), prunedThrough)));
    return commits(all);
  }

  private static long commits(Collection<String> ids) {
    return ids.stream().filter(id -> id.endsWith("-COMMITTED")).count();
  }

  /**
   * What it says and is not so. What the command deletes is not missed if it was cut off before it
   * could say so.
   *
   * @param after what it says when the command is done
   */
  List<String> violations(Sandbox sandbox, TrailView after) throws IOException {
    List<String> violations = new ArrayList<>();
    if (!broken.isEmpty()) {
      violations.add("the trail is broken: " + broken);
    }
    if (ids.stream().distinct().count() != ids.size()) {
      violations.add("the trail says something twice: " + ids);
    }
    for (String backup : backups) {
      if (after.backups.contains(backup) && !StoredBytes.isThere(sandbox, backup)) {
        violations.add("the trail says that the backup " + backup + " was made");
      }
    }
    return violations;
  }
}
