package dev.stravinsky.audit;

import dev.stravinsky.api.Providers;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.check.PluginServices;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.spi.AuditSink;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Tells every {@link AuditSink}; one that throws or hangs costs nobody more than a moment. Those of
 * plugins are told in the background, since their host may have to be started for it, and have
 * until a few seconds after the end of the command.
 */
final class Sinks implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration LAST_MOMENT = Duration.ofSeconds(5);

  /** Writes into the trail. */
  interface Trail {
    void append(EventDraft draft) throws IOException;
  }

  private final ServiceLoader<AuditSink> sinks = Providers.of(AuditSink.class);
  private final Services services;
  private final PluginServices plugins;
  private final Trail trail;
  private final Set<String> reported = new HashSet<>();
  private Optional<ExecutorService> background = Optional.empty();

  Sinks(Services services, Trail trail) {
    this.services = services;
    // Asked for now, so that it is closed after the trail, which still tells it things.
    this.plugins = services.pluginServices();
    this.trail = trail;
  }

  synchronized void tell(AuditEvent event) {
    for (AuditSink sink : here()) {
      Thread telling = Thread.ofVirtual().start(() -> tell(sink, event));
      try {
        telling.join(PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      telling.interrupt();
    }
    List<AuditSink> hosted = plugins.all(AuditSink.class);
    if (!hosted.isEmpty()) {
      tellInBackground(hosted, event);
    }
  }

  private List<AuditSink> here() {
    try {
      return sinks.stream().map(ServiceLoader.Provider::get).toList();
    } catch (ServiceConfigurationError e) {
      return List.of(); // The event is in the trail, whatever becomes of those who want to hear.
    }
  }

  private void tellInBackground(List<AuditSink> hosted, AuditEvent event) {
    if (background.isEmpty()) {
      // A daemon: a plugin that hangs must not keep the process.
      background =
          Optional.of(
              Executors.newSingleThreadExecutor(
                  Thread.ofPlatform().daemon().name("audit sinks").factory()));
    }
    try {
      background.get().execute(() -> hosted.forEach(sink -> tellHosted(sink, event)));
    } catch (RejectedExecutionException e) {
      // The command has ended, and this event is about a sink that failed.
      return;
    }
  }

  private void tellHosted(AuditSink sink, AuditEvent event) {
    try {
      sink.appended(event);
    } catch (Exception e) {
      // Once: it would be told of its own failure, and fail again.
      if (reported.add(sink.id())) {
        record(PluginServices.failed(services, "audit-sink", sink.id(), e));
      }
    }
  }

  private void record(EventDraft draft) {
    try {
      trail.append(draft);
    } catch (IOException | StravinskyException e) {
      // There is nobody left to tell.
    }
  }

  private static void tell(AuditSink sink, AuditEvent event) {
    try {
      sink.appended(event);
    } catch (Exception | LinkageError e) {
      // Its failures change nothing: the trail is the record.
    }
  }

  /** Waits a few seconds at most for what is still to be told. Not to be called in the trail. */
  @Override
  public void close() {
    Optional<ExecutorService> telling;
    synchronized (this) {
      telling = background;
    }
    telling.ifPresent(Sinks::end);
  }

  private static void end(ExecutorService telling) {
    telling.shutdown();
    try {
      telling.awaitTermination(LAST_MOMENT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    telling.shutdownNow();
  }
}
