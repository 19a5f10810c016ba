package dev.stravinsky.audit;

import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.spi.AuditSink;
import java.time.Duration;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Tells every {@link AuditSink}; one that throws or hangs costs nobody more than a moment. */
final class Sinks {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ServiceLoader<AuditSink> sinks = ServiceLoader.load(AuditSink.class);

  synchronized void tell(AuditEvent event) {
    List<AuditSink> all;
    try {
      all = sinks.stream().map(ServiceLoader.Provider::get).toList();
    } catch (ServiceConfigurationError e) {
      return; // The event is in the trail, whatever becomes of those who want to hear of it.
    }
    for (AuditSink sink : all) {
      Thread telling = Thread.ofVirtual().start(() -> tell(sink, event));
      try {
        telling.join(PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      telling.interrupt();
    }
  }

  private static void tell(AuditSink sink, AuditEvent event) {
    try {
      sink.appended(event);
    } catch (Exception | LinkageError e) {
      // Its failures change nothing: the trail is the record.
    }
  }
}
