package dev.stravinsky.validator.external;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Places;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Believes nothing of a target that a plugin names: not a name that another one has, a file that is
 * not in its folder, a whole home, nor a place in which this product keeps its own files.
 */
final class TargetRoots {
  private final Environment environment;
  private final HostedService service;

  TargetRoots(Environment environment, HostedService service) {
    this.environment = environment;
    this.service = service;
  }

  /** The target with its root's real place. */
  Target target(JsonNode json, Scope scope) throws IOException {
    String name = json.path("name").asString("");
    Optional<String> fault = TargetNames.fault(name);
    if (fault.isPresent()) {
      throw service.failed("the name of a target " + fault.get() + ": " + PlainText.line(name));
    }
    Path named =
        HostedPaths.path(json, "root_uri")
            .orElseThrow(() -> service.failed("its target " + name + " has no absolute root"));
    Path root = Presence.exists(named) ? named.toRealPath() : named;
    Target target = new Target(name, scope, root, files(json, name));
    requireOwnPlace(target);
    return target;
  }

  private List<String> files(JsonNode json, String target) throws PluginFailedException {
    List<String> files = new ArrayList<>();
    for (JsonNode each : json.path("files")) {
      String file = each.asString("");
      boolean leadsOut = file.isEmpty() || file.equals(".") || file.equals("..");
      if (leadsOut || file.indexOf('/') >= 0 || file.indexOf('\0') >= 0) {
        throw service.failed(
            "its target "
                + target
                + " has a file that is not in its folder: "
                + PlainText.line(file));
      }
      files.add(file);
    }
    return files;
  }

  private void requireOwnPlace(Target target) throws IOException {
    Places places = new Places();
    List<Path> own =
        List.of(
            environment.home().directory(),
            environment.stravinskyHome(),
            environment.installation());
    if (places.overlap(Places.of(List.of(target)), own)) {
      throw service.failed(
          "its target " + target.name() + " holds files of Stravinsky itself: " + target.root());
    }
    if (target.isTree() && places.holds(target.root(), environment.userHome())) {
      throw service.failed("its target " + target.name() + " is a whole home: " + target.root());
    }
  }
}
