package dev.stravinsky.pluginhost;

import dev.stravinsky.api.check.Plugins.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of one file in a plugin folder.
 *
 * @param provides ids of what it provides, with their kind: {@code check:forbidden-words}
 * @param reason what is wrong or worth saying
 * @param failed whether the reason has to be reported as the plugin's failure
 */
record HostedPlugin(
    String name,
    String version,
    Path file,
    State state,
    List<String> provides,
    Optional<String> reason,
    boolean failed) {

  HostedPlugin {
    provides = List.copyOf(provides);
  }

  static HostedPlugin invalid(Path file, String reason) {
    return new HostedPlugin(
        file.getFileName().toString(),
        "",
        file,
        State.INVALID,
        List.of(),
        Optional.of(reason),
        true);
  }

  /** A bundle that does not run because the one in a folder before it has its name. */
  HostedPlugin supersededBy(Path other) {
    return new HostedPlugin(
        name, version, file, State.INACTIVE, List.of(), Optional.of("replaced by " + other), false);
  }

  HostedPlugin failing(String why) {
    return new HostedPlugin(name, version, file, State.INACTIVE, provides, Optional.of(why), true);
  }

  ObjectNode json() {
    ObjectNode json = ProtocolOutput.message("plugin");
    json.put("name", name)
        .put("version", version)
        .put("file", file.toUri().toString())
        .put("state", state.name())
        .put("failed", failed);
    provides.forEach(json.putArray("provides")::add);
    reason.ifPresent(text -> json.put("reason", text));
    return json;
  }
}
