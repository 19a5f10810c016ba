package dev.stravinsky.pluginhost;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Origin;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.Version;
import dev.stravinsky.spi.Cancellation;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Phase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Makes a {@link CheckContext} of the protocol's context line. */
final class ContextReader {
  private final Map<String, String> variables;
  private final Clock clock;

  ContextReader(Map<String, String> variables, Clock clock) {
    this.variables = variables;
    this.clock = clock;
  }

  CheckContext read(JsonNode line) {
    Scope scope = scope(line);
    List<TargetView> views = views(line);
    List<Target> targets = views.stream().map(TargetView::target).toList();
    List<TargetPath> changed = new ArrayList<>();
    Map<TargetPath, EntryState> expected = new HashMap<>();
    for (JsonNode json : line.path("changes")) {
      TargetPath place = place(json, targets);
      if (json.path("changed").asBoolean(true)) {
        changed.add(place);
      }
      if (json.has("expected")) {
        expected.put(place, state(json.get("expected")));
      }
    }
    return new CheckContext(
        Phase.valueOf(text(line, "phase")),
        scope,
        views,
        expected,
        changed,
        new Version(text(line, "from_version")),
        optional(line, "to_version").map(Version::new),
        texts(line.path("required_commands")),
        line.path("required_bytes").asLong(0),
        SettingsReader.read(line.path("settings")),
        path(line, "home_uri"),
        path(line, "user_home_uri"),
        path(line, "working_directory_uri"),
        variables,
        clock,
        Cancellation.NEVER);
  }

  static List<TargetView> views(JsonNode line) {
    List<TargetView> views = new ArrayList<>();
    for (JsonNode json : line.path("targets")) {
      views.add(view(target(json), json.path("entries")));
    }
    return views;
  }

  static Scope scope(JsonNode json) {
    return text(json, "scope").equals("user")
        ? Scope.USER
        : Scope.project(path(json, "project_uri"));
  }

  private static Target target(JsonNode json) {
    return new Target(
        text(json, "name"), scope(json), path(json, "root_uri"), texts(json.path("files")));
  }

  private static TargetView view(Target target, JsonNode entries) {
    List<TargetView.Node> nodes = new ArrayList<>();
    for (JsonNode json : entries) {
      Path content = path(json, "content_uri");
      Optional<Path> link = optional(json, "link_uri").map(u -> Path.of(URI.create(u)));
      nodes.add(
          new TargetView.Node(
              new EntryPath(text(json, "encoded")),
              link.orElse(content),
              link.map(unused -> content),
              text(json, "origin").equals("release") ? Origin.RELEASE : Origin.USER));
    }
    return new TargetView(target, nodes);
  }

  private static TargetPath place(JsonNode json, List<Target> targets) {
    Target named =
        new Target(
            text(json, "target"), scope(json), path(json, "root_uri"), texts(json.path("files")));
    Target target = targets.stream().filter(named::equals).findFirst().orElse(named);
    return new TargetPath(target, new EntryPath(text(json, "encoded")));
  }

  private static EntryState state(JsonNode json) {
    int mode = Integer.parseInt(json.path("mode").asString("0"), 8);
    return switch (text(json, "type")) {
      case "absent" -> EntryState.ABSENT;
      case "file" ->
          new EntryState.Regular(
              new Sha256(text(json, "sha256")), json.path("size").asLong(), mode);
      case "link" -> new EntryState.Link(text(json, "to"));
      case "directory" -> new EntryState.Directory(mode);
      default -> throw new IllegalArgumentException("unknown type " + text(json, "type"));
    };
  }

  static Path path(JsonNode json, String key) {
    return Path.of(URI.create(text(json, key)));
  }

  static String text(JsonNode json, String key) {
    return optional(json, key)
        .orElseThrow(() -> new IllegalArgumentException("the request has no " + key));
  }

  static Optional<String> optional(JsonNode json, String key) {
    JsonNode value = json.get(key);
    return value != null && value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
  }

  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.stringValue()));
    return texts;
  }
}
