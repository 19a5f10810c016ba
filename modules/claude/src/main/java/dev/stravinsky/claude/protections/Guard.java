package dev.stravinsky.claude.protections;

import dev.stravinsky.claude.dependencies.CommandSurroundings;
import dev.stravinsky.claude.dependencies.Need;
import dev.stravinsky.claude.settings.LocatedJson;
import dev.stravinsky.spi.CheckContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A hook that can block.
 *
 * @param what what it runs or asks, so that it is known again: the scripts of a command, else its
 *     text
 * @param name what to call it; a command's or an address's own text may hold secrets
 * @param scripts the files that it needs, and whether each is started itself
 * @param condition its {@code if}; empty if it has none
 * @param once whether it is run only once in a session
 */
record Guard(
    SettingsState.File file,
    int line,
    String event,
    ToolMatcher matcher,
    String what,
    String name,
    Map<Path, Boolean> scripts,
    String condition,
    boolean once) {

  /** Events that come before something is done, and so can keep it from being done. */
  private static final Set<String> PREVENTING =
      Set.of(
          "PreToolUse",
          "PermissionRequest",
          "UserPromptSubmit",
          "UserPromptExpansion",
          "ConfigChange",
          "Elicitation",
          "ElicitationResult");

  /** Events that a hook can hold up, but mostly is only told of. */
  private static final Set<String> HOLDING =
      Set.of(
          "Stop",
          "SubagentStop",
          "PostToolBatch",
          "PreCompact",
          "TaskCreated",
          "TaskCompleted",
          "TeammateIdle");

  /** Whether it keeps something from being done, not only from ending. */
  boolean prevents() {
    return PREVENTING.contains(event);
  }

  /** For people: {@code the PreToolUse hook guard.py for Bash}. */
  String described() {
    String whom = matcher.takesAll() ? "" : " for " + matcher.written();
    return "the " + event + " hook " + name + whom;
  }

  /** The guards in a file; a hook that runs beside the work can block nothing. */
  static List<Guard> in(SettingsState.File file, CheckContext context) {
    List<Guard> guards = new ArrayList<>();
    JsonNode hooks = file.json().map(json -> json.root().path("hooks")).orElse(null);
    if (hooks == null) {
      return guards;
    }
    for (Map.Entry<String, JsonNode> event : hooks.properties()) {
      if (!PREVENTING.contains(event.getKey()) && !HOLDING.contains(event.getKey())) {
        continue;
      }
      String pointer = LocatedJson.child("/hooks", event.getKey());
      for (int i = 0; i < event.getValue().size(); i++) {
        JsonNode group = event.getValue().path(i);
        String inGroup = LocatedJson.child(LocatedJson.child(pointer, i), "hooks");
        for (int j = 0; j < group.path("hooks").size(); j++) {
          JsonNode handler = group.path("hooks").path(j);
          int line = file.json().get().line(LocatedJson.child(inGroup, j)).orElse(1);
          of(file, line, event.getKey(), group, handler, context).ifPresent(guards::add);
        }
      }
    }
    return guards;
  }

  private static Optional<Guard> of(
      SettingsState.File file,
      int line,
      String event,
      JsonNode group,
      JsonNode handler,
      CheckContext context) {
    if (flag(handler, "async") || flag(handler, "asyncRewake")) {
      return Optional.empty();
    }
    return Deed.of(file, handler, context)
        .map(
            deed ->
                new Guard(
                    file,
                    line,
                    event,
                    new ToolMatcher(group.path("matcher").asString("")),
                    deed.what(),
                    deed.name(),
                    deed.scripts(),
                    handler.path("if").asString(""),
                    flag(handler, "once")));
  }

  private static boolean flag(JsonNode handler, String name) {
    return handler.path(name).isBoolean() && handler.path(name).asBoolean();
  }

  /** What a hook does, whenever it does it. */
  private record Deed(String what, String name, Map<Path, Boolean> scripts) {

    static Optional<Deed> of(SettingsState.File file, JsonNode handler, CheckContext context) {
      return switch (text(handler, "type")) {
        case "command" -> Optional.of(command(file, handler, context));
        case "http" -> {
          String url = text(handler, "url");
          String host = url.replaceAll("^\\w+://([^/?#]*@)?|[/?#].*$", "");
          yield Optional.of(new Deed(url, "at " + host, Map.of()));
        }
        case "mcp_tool" -> {
          String tool = text(handler, "server") + "/" + text(handler, "tool");
          yield Optional.of(new Deed(tool, tool, Map.of()));
        }
        case "prompt", "agent" ->
            Optional.of(new Deed(text(handler, "prompt"), "that asks a model", Map.of()));
        default -> Optional.empty();
      };
    }

    private static Deed command(SettingsState.File file, JsonNode handler, CheckContext context) {
      String line = text(handler, "command");
      Optional<List<String>> arguments =
          handler.path("args").isArray()
              ? Optional.of(handler.path("args").valueStream().map(a -> a.asString("")).toList())
              : Optional.empty();
      CommandSurroundings where = new CommandSurroundings(file.scope(), context);
      Map<Path, Boolean> scripts = new LinkedHashMap<>();
      for (Need need : where.needs(line, arguments).all()) {
        if (need instanceof Need.Script script) {
          where.path(script.path()).ifPresent(path -> scripts.put(path, script.direct()));
        }
      }
      if (scripts.isEmpty()) {
        String text = line.strip() + " " + String.join(" ", arguments.orElse(List.of()));
        return new Deed(text.strip(), line.strip().split("\\s+")[0], scripts);
      }
      Path first = scripts.keySet().iterator().next();
      return new Deed(scripts.keySet().toString(), first.getFileName().toString(), scripts);
    }

    private static String text(JsonNode handler, String name) {
      return handler.path(name).asString("");
    }
  }
}
