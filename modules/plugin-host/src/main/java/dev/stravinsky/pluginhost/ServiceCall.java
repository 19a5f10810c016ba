package dev.stravinsky.pluginhost;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.backup.BackupManifest;
import dev.stravinsky.api.config.Settings;
import dev.stravinsky.pluginhost.TimedRun.Done;
import dev.stravinsky.spi.AuditSink;
import dev.stravinsky.spi.BackupListener;
import dev.stravinsky.spi.Cancellation;
import dev.stravinsky.spi.Notification;
import dev.stravinsky.spi.Notifier;
import dev.stravinsky.spi.ReleaseSource;
import dev.stravinsky.spi.TargetProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One call of all the services of a kind that a plugin has. All of them are called, also where one
 * throws; that one's exception is the call's.
 */
record ServiceCall(List<Object> services, JsonNode request) implements TimedRun.Work {

  @Override
  public String name() {
    return request.path("plugin").asString("") + " " + request.path("service").asString("");
  }

  @Override
  public ClassLoader loader() {
    return services.getFirst().getClass().getClassLoader();
  }

  @Override
  public Done run(Cancellation cancellation) throws Exception {
    ObjectNode result = ProtocolJson.object();
    switch (request.path("service").asString("") + "/" + request.path("method").asString("")) {
      case "audit-sink/appended" -> {
        AuditEvent event = ServiceReader.event(request.path("event"));
        each(AuditSink.class, sink -> sink.appended(event));
      }
      case "notifier/send" -> {
        Notification notification = ServiceReader.notification(request.path("notification"));
        each(Notifier.class, notifier -> notifier.send(notification, cancellation));
      }
      case "backup-listener/created" -> tell(BackupListener::created);
      case "backup-listener/deleting" -> tell(BackupListener::deleting);
      case "release-source/handles" -> result.put("handles", source().isPresent());
      case "release-source/fetch" -> fetch(cancellation, result);
      case "target-provider/project" -> project(result);
      case "target-provider/targets" -> targets(result);
      case "target-provider/views" -> views(result);
      default -> throw new IllegalArgumentException("this host knows no such call");
    }
    return new Done(List.of(), Optional.of(result));
  }

  /** Something to be done with a service. */
  private interface Telling<S> {
    void tell(S service) throws Exception;
  }

  /** What a listener is told. */
  private interface BackupNews {
    void tell(BackupListener listener, BackupManifest manifest, Path directory) throws Exception;
  }

  private <S> void each(Class<S> kind, Telling<S> telling) throws Exception {
    Optional<Exception> failure = Optional.empty();
    for (Object service : services) {
      try {
        telling.tell(kind.cast(service));
      } catch (Exception e) {
        failure = failure.or(() -> Optional.of(e));
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  private void tell(BackupNews news) throws Exception {
    BackupManifest manifest = ServiceReader.manifest(request.path("manifest"));
    Path directory = ContextReader.path(request, "directory_uri");
    each(BackupListener.class, listener -> news.tell(listener, manifest, directory));
  }

  private Optional<ReleaseSource> source() {
    String location = request.path("location").asString("");
    return services.stream()
        .map(ReleaseSource.class::cast)
        .filter(source -> source.handles(location))
        .findFirst();
  }

  private void fetch(Cancellation cancellation, ObjectNode result) throws IOException {
    ReleaseSource source =
        source().orElseThrow(() -> new IOException("it does not handle this location any more"));
    Path fetched =
        source.fetch(
            request.path("location").asString(""),
            ContextReader.path(request, "directory_uri"),
            cancellation);
    result.put("path_uri", fetched.toUri().toString());
  }

  private void project(ObjectNode result) throws Exception {
    Environment environment = ServiceReader.environment(request.path("environment"));
    each(
        TargetProvider.class,
        provider -> {
          Optional<Scope> project = provider.projectAt(environment);
          if (project.isPresent() && project.get() instanceof Scope.Project found) {
            if (!result.has("project_uri")) {
              result.put("project_uri", found.root().toUri().toString());
            }
          }
        });
  }

  private void targets(ObjectNode result) throws Exception {
    Scope scope = ContextReader.scope(request);
    Environment environment = ServiceReader.environment(request.path("environment"));
    Settings settings = SettingsReader.read(request.path("settings"));
    ArrayNode targets = result.putArray("targets");
    each(
        TargetProvider.class,
        provider ->
            provider
                .targets(scope, environment, settings)
                .forEach(
                    target -> {
                      ObjectNode json = targets.addObject();
                      json.put("name", target.name());
                      json.put("root_uri", target.root().toUri().toString());
                      target.files().forEach(json.putArray("files")::add);
                    }));
  }

  private void views(ObjectNode result) throws Exception {
    List<TargetView> views = ContextReader.views(request);
    ObjectNode all = result.putObject("views");
    each(TargetProvider.class, provider -> provider.effectiveViews(views).forEach(all::put));
  }
}
