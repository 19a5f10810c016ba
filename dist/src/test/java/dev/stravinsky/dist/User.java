package dev.stravinsky.dist;

import dev.stravinsky.testkit.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Somebody with a home of their own who types commands at the packaged distribution. */
final class User {
  private final Path home;
  private final Map<String, String> variables = new HashMap<>();

  /**
   * @param home is made if it does not exist
   */
  User(Path home) throws IOException {
    this.home = Files.createDirectories(home);
    variables.put("HOME", home.toString());
    variables.put("PATH", System.getenv("PATH"));
    variables.put("LANG", "C.UTF-8");
    // One cache of classes for all users of a test run: making one takes seconds.
    variables.put("XDG_CACHE_HOME", Distribution.HOME.resolveSibling("test-cache").toString());
  }

  Path home() {
    return home;
  }

  Path claude() {
    return home.resolve(".claude");
  }

  /** Where what the user's configuration links to is. */
  Path dotfiles() {
    return home.resolve("dotfiles");
  }

  Path rollbackHome() {
    return home.resolve(".stravinsky/rollback");
  }

  Path backups() {
    return rollbackHome().resolve("backups");
  }

  /** The id of the transaction that was interrupted, if one was. */
  Optional<String> interrupted() throws IOException {
    Path journals = rollbackHome().resolve("recovery/journal");
    if (!Files.isDirectory(journals)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.list(journals)) {
      return all.findFirst().map(file -> file.getFileName().toString().replace(".journal", ""));
    }
  }

  Path journal(String transaction) {
    return rollbackHome().resolve("recovery/journal/" + transaction + ".journal");
  }

  Map<String, String> variables() {
    return variables;
  }

  Run types(Object... words) throws IOException, InterruptedException {
    return Run.of(variables, Distribution.launcher(), words);
  }

  /** Types a command and does not wait for its end. */
  Process starts(Object... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(Distribution.launcher().toString()));
    for (Object word : words) {
      command.add(word.toString());
    }
    ProcessBuilder process =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    process.environment().clear();
    process.environment().putAll(variables);
    return process.start();
  }

  Run updates(Path release, String version) throws IOException, InterruptedException {
    return types("update", release, "--version", version);
  }

  /** The user's configuration as it is. */
  SortedMap<String, String> files() throws IOException {
    return Tree.of(claude());
  }

  /** Writes a file; scripts by their ending are executable. */
  static Path write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content, StandardCharsets.UTF_8);
    boolean script = file.toString().matches(".*\\.(sh|py|js)");
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(script ? "rwxr-xr-x" : "rw-r--r--"));
    return file;
  }

  /** A sound release: hooks in three languages, a command, an agent, settings that name a hook. */
  static Path soundRelease(Path folder, String edition) throws IOException {
    write(folder.resolve("hooks/guard.py"), "import sys\n\nEDITION = \"" + edition + "\"\n");
    write(folder.resolve("hooks/format.sh"), "#!/bin/sh\n# " + edition + "\nexit 0\n");
    write(folder.resolve("hooks/README.md"), "Hooks, edition " + edition + ".\n");
    write(
        folder.resolve("commands/review.md"),
        "---\ndescription: Review, edition " + edition + "\n---\nReview this.\n");
    write(
        folder.resolve("agents/tester.md"),
        "---\nname: tester\ndescription: Tests, edition " + edition + "\n---\nTest this.\n");
    write(folder.resolve("settings.json"), settings(edition, "format.sh"));
    return folder;
  }

  static String settings(String edition, String hook) {
    return """
        {
          "env": {"EDITION": "%s"},
          "permissions": {"deny": ["Read(.env)"]},
          "hooks": {
            "PostToolUse": [
              {
                "matcher": "Edit",
                "hooks": [{"type": "command", "command": "~/.claude/hooks/%s"}]
              }
            ]
          }
        }
        """
        .formatted(edition, hook);
  }
}
