package dev.stravinsky.validator.external;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.config.Settings;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.spi.TargetProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * A plugin's target providers. Each question is asked once in a command: the plugin cannot change
 * its mind between backup and swap. Where it fails everything stops that needs to know the targets,
 * since without them its files would neither be saved nor guarded.
 */
final class HostedTargets implements TargetProvider {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int MAX_VIEW_BYTES = 1024 * 1024;
  private static final String VIEW_NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}(?<!\\.gz)";

  private final HostedService service;
  private final Map<Scope, JsonNode> told = new HashMap<>();
  private Optional<JsonNode> project = Optional.empty();

  HostedTargets(HostedService service) {
    this.service = service;
  }

  @Override
  public String id() {
    return service.id();
  }

  @Override
  public synchronized Optional<Scope> projectAt(Environment environment) throws IOException {
    if (project.isEmpty()) {
      project =
          Optional.of(
              ask("project", environment, out -> ServiceWriter.environment(environment, out)));
    }
    Optional<Path> root = HostedPaths.path(project.get(), "project_uri");
    if (root.isEmpty()) {
      return Optional.empty();
    }
    boolean above =
        Presence.isDirectory(root.get())
            && environment.workingDirectory().toRealPath().startsWith(root.get().toRealPath());
    if (!above) {
      throw stopped(environment, service.failed("not a folder above this one: " + root.get()));
    }
    return Optional.of(Scope.project(root.get().toRealPath()));
  }

  @Override
  public synchronized List<Target> targets(Scope scope, Environment environment, Settings settings)
      throws IOException {
    JsonNode answer = told.get(scope);
    if (answer == null) {
      answer =
          ask(
              "targets",
              environment,
              out -> {
                ContextWriter.scope(scope, out);
                ServiceWriter.environment(environment, out);
                SettingsWriter.write(settings, out);
              });
      told.put(scope, answer);
    }
    TargetRoots roots = new TargetRoots(environment, service);
    List<Target> targets = new ArrayList<>();
    for (JsonNode json : answer.path("targets")) {
      try {
        targets.add(roots.target(json, scope));
      } catch (PluginFailedException e) {
        throw stopped(environment, e);
      }
    }
    return targets;
  }

  /** Named after the plugin, so that it takes no other file's place in a backup. */
  @Override
  public Map<String, byte[]> effectiveViews(List<TargetView> views) throws IOException {
    JsonNode answer = service.call("views", LIMIT, out -> ContextWriter.write(views, out));
    Map<String, byte[]> all = new TreeMap<>();
    int bytes = 0;
    for (Map.Entry<String, JsonNode> view : answer.path("views").properties()) {
      byte[] content = Base64.getDecoder().decode(view.getValue().asString(""));
      bytes += content.length;
      if (!view.getKey().matches(VIEW_NAME) || bytes > MAX_VIEW_BYTES) {
        throw service.failed("not a view's name, or too large: " + PlainText.line(view.getKey()));
      }
      all.put("plugin-" + service.plugin().name() + "." + view.getKey(), content);
    }
    return all;
  }

  private JsonNode ask(String method, Environment environment, Consumer<JsonGenerator> arguments) {
    try {
      return service.call(method, LIMIT, arguments);
    } catch (PluginFailedException e) {
      throw stopped(environment, e);
    }
  }

  private StravinskyException stopped(Environment environment, PluginFailedException failure) {
    return new StravinskyException(
        ExitStatus.BLOCKED,
        Problem.of(ErrorKind.UNKNOWN, failure.getMessage() + "; its files would not be guarded")
            .inFile(service.plugin().file())
            .leaving("nothing was changed")
            .next(environment.command() + " --no-plugins"),
        failure);
  }
}
