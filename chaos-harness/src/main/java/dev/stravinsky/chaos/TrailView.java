package dev.stravinsky.chaos;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TrailOracle;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the trail claims.
 *
 * @param ids of its events, in their order
 * @param backups that it says were made
 * @param broken why it is no unbroken chain; empty if it is one
 */
record TrailView(List<String> ids, List<String> backups, String broken) {
  private static final Pattern CREATED =
      Pattern.compile(".*\"event_type\":\"BACKUP_CREATED\".*\"backup\":\"([^\"]+)\".*");

  static TrailView of(Sandbox sandbox) throws IOException {
    List<String> backups = new ArrayList<>();
    for (String line : TrailOracle.lines(sandbox.home())) {
      Matcher created = CREATED.matcher(line);
      if (created.matches()) {
        backups.add(created.group(1));
      }
    }
    try {
      return new TrailView(TrailOracle.eventIdsBeforeTornTail(sandbox.home()), backups, "");
    } catch (AssertionError e) {
      return new TrailView(List.of(), backups, e.getMessage());
    }
  }

  /** How many transactions it says were committed. */
  long commits() {
    return ids.stream().filter(id -> id.endsWith("-COMMITTED")).count();
  }

  /** What it says and is not so. */
  List<String> violations(Sandbox sandbox) {
    List<String> violations = new ArrayList<>();
    if (!broken.isEmpty()) {
      violations.add("the trail is broken: " + broken);
    }
    if (ids.stream().distinct().count() != ids.size()) {
      violations.add("the trail says something twice: " + ids);
    }
    for (String backup : backups) {
      if (!Files.exists(
          sandbox.home().directory().resolve("backups").resolve(backup).resolve("SHA256SUMS"))) {
        violations.add("the trail says that the backup " + backup + " was made");
      }
    }
    return violations;
  }
}
