package dev.stravinsky.chaos;

import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The scripts that settings name, found by a pattern and not by reading JSON. */
final class NamedScripts {
  private static final Pattern SCRIPT = Pattern.compile("~/\\.claude/(hooks/[\\w./-]+)");

  private NamedScripts() {}

  /** A violation for each one that is not there. */
  static List<String> missing(Sandbox sandbox) throws IOException {
    Path settings = sandbox.claude().resolve("settings.json");
    if (!Files.exists(settings)) {
      return List.of();
    }
    return SCRIPT
        .matcher(Files.readString(settings))
        .results()
        .map((MatchResult found) -> found.group(1))
        .filter(script -> !Files.exists(sandbox.claude().resolve(script)))
        .map(script -> "settings name a script that is not there: " + script)
        .toList();
  }
}
