package dev.stravinsky.validator.external;

import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.spi.AuditSink;
import java.time.Duration;

/** A plugin's audit sinks. */
record HostedSink(HostedService service) implements AuditSink {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  @Override
  public String id() {
    return service.id();
  }

  @Override
  public void appended(AuditEvent event) throws PluginFailedException {
    service.call("appended", LIMIT, out -> ServiceWriter.event(event, out));
  }
}
