package dev.stravinsky.validator.external;

import dev.stravinsky.api.check.Plugins.Plugin;
import dev.stravinsky.api.check.Plugins.State;
import dev.stravinsky.spi.Phase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What the plugin host says of itself at its start. */
record HostDescription(List<Hosted> plugins, List<HostedId> checks, Optional<String> failure) {
  static final HostDescription NOTHING =
      new HostDescription(List.of(), List.of(), Optional.empty());

  HostDescription {
    plugins = List.copyOf(plugins);
    checks = List.copyOf(checks);
  }

  /** A plugin, and whether the reason in it is a failure to be reported. */
  record Hosted(Plugin plugin, boolean failed) {

    /** Whether it does not run because one of its name in the same folder does. */
    boolean hasTwinIn(List<Hosted> all) {
      return !failed
          && plugin.state() == State.INACTIVE
          && all.stream()
              .map(Hosted::plugin)
              .filter(other -> !other.file().equals(plugin.file()))
              .filter(other -> other.name().equals(plugin.name()))
              .anyMatch(other -> other.file().getParent().equals(plugin.file().getParent()));
    }
  }

  /** A check, by the id that it has in the host. */
  record HostedId(String id, Set<Phase> phases, Duration timeLimit, String explanation) {}

  static HostDescription failing(String reason) {
    return new HostDescription(List.of(), List.of(), Optional.of(reason));
  }

  static HostDescription read(JsonNode line) {
    List<Hosted> plugins = new ArrayList<>();
    for (JsonNode json : line.path("plugins")) {
      List<String> provides = new ArrayList<>();
      json.path("provides").forEach(each -> provides.add(PlainText.line(each.asString(""))));
      Plugin plugin =
          new Plugin(
              PlainText.line(json.path("name").asString("")),
              PlainText.line(json.path("version").asString("")),
              Path.of(URI.create(json.path("file").asString(""))),
              State.valueOf(json.path("state").asString("")),
              provides,
              json.has("reason")
                  ? Optional.of(PlainText.line(json.path("reason").asString("")))
                  : Optional.empty());
      plugins.add(new Hosted(plugin, json.path("failed").asBoolean(false)));
    }
    List<HostedId> checks = new ArrayList<>();
    for (JsonNode json : line.path("checks")) {
      Set<Phase> phases = EnumSet.noneOf(Phase.class);
      json.path("phases").forEach(each -> phases.add(Phase.valueOf(each.asString(""))));
      checks.add(
          new HostedId(
              json.path("id").asString(""),
              phases,
              Duration.ofMillis(json.path("time_limit_ms").asLong(0)),
              PlainText.line(json.path("explanation").asString(""))));
    }
    return new HostDescription(plugins, checks, Optional.empty());
  }

  /** The same with plugins that were left out because they end the host or hang it. */
  HostDescription with(List<Hosted> skipped) {
    List<Hosted> all = new ArrayList<>(plugins);
    all.addAll(skipped);
    return new HostDescription(all, checks, failure);
  }
}
