package dev.stravinsky.claude.dependencies;

import dev.stravinsky.api.Order;
import dev.stravinsky.claude.settings.LocatedJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A command that settings name.
 *
 * @param owner whose it is, for people: {@code the PreToolUse hook}, {@code the status line}
 * @param pointer where it stands
 * @param line the shell's command line, or the program if there are arguments of their own
 * @param arguments given apart from the program, so that no shell splits them
 * @param required whether Claude Code does less than it is told to without it
 */
record NamedCommand(
    String owner, String pointer, String line, Optional<List<String>> arguments, boolean required) {

  private static final Map<String, String> OTHERS =
      Map.of(
          "/statusLine/command", "the status line",
          "/subagentStatusLine/command", "the status line of subagents",
          "/fileSuggestion/command", "the file suggestion",
          "/apiKeyHelper", "the API key helper",
          "/awsAuthRefresh", "the AWS login",
          "/awsCredentialExport", "the AWS credentials",
          "/otelHeadersHelper", "the telemetry headers");

  static List<NamedCommand> in(JsonNode settings) {
    List<NamedCommand> commands = new ArrayList<>();
    boolean enabled = !settings.path("disableAllHooks").asBoolean(false);
    for (Map.Entry<String, JsonNode> event : settings.path("hooks").properties()) {
      String pointer = LocatedJson.child("/hooks", event.getKey());
      for (int group = 0; group < event.getValue().size(); group++) {
        JsonNode handlers = event.getValue().path(group).path("hooks");
        String inGroup = LocatedJson.child(LocatedJson.child(pointer, group), "hooks");
        for (int i = 0; i < handlers.size(); i++) {
          String handler = LocatedJson.child(inGroup, i);
          hook(event.getKey(), handlers.path(i), handler, enabled).ifPresent(commands::add);
        }
      }
    }
    OTHERS.entrySet().stream()
        .sorted(Order.by(entry -> entry.getKey()))
        .filter(other -> settings.at(other.getKey()).isString())
        .map(
            other ->
                new NamedCommand(
                    other.getValue(),
                    other.getKey(),
                    settings.at(other.getKey()).asString(),
                    Optional.empty(),
                    false))
        .forEach(commands::add);
    return commands;
  }

  private static Optional<NamedCommand> hook(
      String event, JsonNode handler, String pointer, boolean enabled) {
    boolean isCommand =
        handler.path("type").isString() && handler.path("type").asString().equals("command");
    if (!isCommand || !handler.path("command").isString()) {
      return Optional.empty();
    }
    Optional<List<String>> arguments =
        handler.path("args").isArray()
            ? Optional.of(handler.path("args").valueStream().map(arg -> arg.asString("")).toList())
            : Optional.empty();
    return Optional.of(
        new NamedCommand(
            "the " + event + " hook",
            pointer + "/command",
            handler.path("command").asString(),
            arguments,
            enabled));
  }
}
