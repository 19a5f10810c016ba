package dev.stravinsky.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is in the files of a {@link ReleaseSeries}: small, valid, each different. */
public final class SeriesContent {
  private static final String[] TOPICS = {
    "review", "deploy", "release notes", "tests", "pdf", "caf\u00e9", "database", "security"
  };
  private static final String[] TOOLS = {"Bash", "Edit|Write", "Read", "*", "Grep"};
  private static final String[] EVENTS = {
    "PreToolUse", "PostToolUse", "Stop", "SessionStart", "UserPromptSubmit"
  };

  private final Random random;

  SeriesContent(Random random) {
    this.random = random;
  }

  /** What kind of file it is. */
  public enum Kind {
    /** A script that settings may name. */
    HOOK,
    /** A script beside a skill. */
    SCRIPT,
    COMMAND,
    AGENT,
    SKILL,
    RULE,
    STYLE,
    /** README files and the like. */
    TEXT,
    /** What programs leave behind: bytecode, data, empty markers. */
    CACHE,
    SETTINGS;

    boolean runs() {
      return this == HOOK || this == SCRIPT;
    }

    boolean renames() {
      return this != SETTINGS && this != TEXT;
    }
  }

  Kind anyKind() {
    Kind[] often = {
      Kind.HOOK,
      Kind.HOOK,
      Kind.HOOK,
      Kind.COMMAND,
      Kind.COMMAND,
      Kind.AGENT,
      Kind.SKILL,
      Kind.RULE,
      Kind.STYLE,
      Kind.TEXT,
      Kind.CACHE,
      Kind.CACHE
    };
    return often[random.nextInt(often.length)];
  }

  /** A path for a new file; {@code number} makes it the only one of its name. */
  String path(Kind kind, int number) {
    String topic = pick(TOPICS);
    String plain = topic.replace(' ', '-').replace("\u00e9", "e") + "-" + number;
    return switch (kind) {
      case HOOK ->
          "hooks/" + pick("", "", "lib" + number % 4 + "/") + plain + pick(".py", ".sh", ".js");
      case SCRIPT -> "skills/" + plain + "/scripts/run.py";
      case COMMAND -> "commands/" + pick("", "git/", "team/deep/") + topic + " " + number + ".md";
      case AGENT -> "agents/" + plain + ".md";
      case SKILL -> "skills/" + plain + "/SKILL.md";
      case RULE -> "rules/" + pick("", "java/") + plain + ".md";
      case STYLE -> "output-styles/" + plain + ".md";
      case TEXT ->
          pick("hooks/", "skills/", "commands/docs" + number + "/") + "README-" + number + ".md";
      case CACHE ->
          pick(
              "hooks/__pycache__/" + plain + ".cpython-312.pyc",
              "hooks/.cache/" + plain + ".bin",
              "skills/data-" + number + "/.gitkeep",
              "hooks/data/" + plain + ".json");
      case SETTINGS -> "settings.json";
    };
  }

  int mode(Kind kind) {
    return kind.runs() ? 0755 : 0644;
  }

  byte[] of(Kind kind, String path, int number) {
    String name = path.substring(path.lastIndexOf('/') + 1).replaceAll("\\.[a-z]+$", "");
    if (kind == Kind.CACHE) {
      return cache(path, number);
    }
    String text =
        switch (kind) {
          case HOOK -> script(path, number);
          case SCRIPT -> python(number);
          case COMMAND ->
              "---\ndescription: Does %s\nargument-hint: \"[what]\"\nallowed-tools: Bash(git status:*)\n---\n"
                      .formatted(name)
                  + markdown(name);
          case AGENT, SKILL, STYLE ->
              "---\nname: %s\ndescription: Knows about %s, number %d\n---\n"
                      .formatted(skillName(path), name, number)
                  + markdown(name);
          default -> markdown(name);
        };
    return text.getBytes(StandardCharsets.UTF_8);
  }

  String markdown(String title) {
    StringBuilder text = new StringBuilder("# " + title + "\n\n");
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append("- ")
          .append(pick(TOPICS))
          .append(' ')
          .append(random.nextInt(10_000))
          .append('\n');
    }
    return text + "\n```sh\necho " + random.nextInt(100) + "\n```\n";
  }

  /** A Python program that compiles. */
  String python(int number) {
    return """
        #!/usr/bin/env python3
        \"\"\"Looks at an event, version %d.\"\"\"
        import json
        import sys

        LIMIT = %d


        def main():
            event = json.load(sys.stdin)
            if event.get("tool_name") == "Bash" and len(str(event)) > LIMIT:
                print("too long", file=sys.stderr)
                return 2
            return 0


        if __name__ == "__main__":
            sys.exit(main())
        """
        .formatted(number, random.nextInt(100_000));
  }

  /** Settings whose hooks are all among these scripts. */
  String settings(int number, List<String> scripts) {
    List<String> events = new ArrayList<>();
    for (String event : EVENTS) {
      List<String> groups = new ArrayList<>();
      for (int i = random.nextInt(3); i > 0 && !scripts.isEmpty(); i--) {
        groups.add(group(scripts.get(random.nextInt(scripts.size()))));
      }
      if (!groups.isEmpty()) {
        events.add("    \"%s\": [%s]".formatted(event, String.join(", ", groups)));
      }
    }
    return """
        {
          "env": {"SERIES_NUMBER": "%d"},
          "permissions": {"allow": ["Bash(git diff:*)", "Read(~/docs/%d/**)"], "deny": ["WebFetch"]},
          "hooks": {
        %s
          }
        }
        """
        .formatted(number, random.nextInt(1000), String.join(",\n", events));
  }

  private String group(String script) {
    String place = pick("~/.claude/", "$HOME/.claude/") + script;
    String command =
        script.endsWith(".py")
            ? pick("python3 ", "") + place
            : script.endsWith(".js") ? "node " + place : place;
    return "{\"matcher\": \"%s\", \"hooks\": [{\"type\": \"command\", \"command\": \"%s\", \"timeout\": %d}]}"
        .formatted(pick(TOOLS), command, 5 + random.nextInt(50));
  }

  private String script(String path, int number) {
    if (path.endsWith(".py")) {
      return python(number);
    }
    return path.endsWith(".sh")
        ? """
          #!/bin/bash
          # Guards number %d.
          set -eu
          limit=%d
          input=$(cat)
          if [ "${#input}" -gt "$limit" ]; then
            echo "too long" >&2
            exit 2
          fi
          """
            .formatted(number, random.nextInt(100_000))
        : """
          #!/usr/bin/env node
          // Guards number %d.
          const limit = %d;
          let input = "";
          process.stdin.on("data", (part) => { input += part; });
          process.stdin.on("end", () => process.exit(input.length > limit ? 2 : 0));
          """
            .formatted(number, random.nextInt(100_000));
  }

  private byte[] cache(String path, int number) {
    if (path.endsWith(".gitkeep")) {
      return new byte[0];
    }
    if (path.endsWith(".json")) {
      return "{\"number\": %d, \"seen\": [%d]}\n"
          .formatted(number, random.nextInt(1000))
          .getBytes(StandardCharsets.UTF_8);
    }
    byte[] bytes = new byte[random.nextInt(5000)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String skillName(String path) {
    String[] steps = path.split("/");
    String name = path.endsWith("SKILL.md") ? steps[steps.length - 2] : steps[steps.length - 1];
    return name.replace(".md", "");
  }

  private String pick(String... all) {
    return all[random.nextInt(all.length)];
  }
}
