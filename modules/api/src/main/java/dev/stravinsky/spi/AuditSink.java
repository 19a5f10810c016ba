package dev.stravinsky.spi;

import dev.stravinsky.api.audit.AuditEvent;

/** Is told every event after it is safe in the trail; its failures change nothing. */
public interface AuditSink {
  String id();

  void appended(AuditEvent event) throws Exception;
}
