package dev.stravinsky.pluginhost;

import dev.stravinsky.spi.AuditSink;
import dev.stravinsky.spi.BackupListener;
import dev.stravinsky.spi.Notifier;
import dev.stravinsky.spi.ReleaseSource;
import dev.stravinsky.spi.TargetProvider;
import dev.stravinsky.spi.Validator;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The kinds of services that a plugin may register. */
enum ServiceKind {
  CHECK("check", Validator.class),
  AUDIT_SINK("audit-sink", AuditSink.class),
  BACKUP_LISTENER("backup-listener", BackupListener.class),
  NOTIFIER("notifier", Notifier.class),
  RELEASE_SOURCE("release-source", ReleaseSource.class),
  TARGET_PROVIDER("target-provider", TargetProvider.class);

  private final String written;
  private final Class<?> type;

  ServiceKind(String written, Class<?> type) {
    this.written = written;
    this.type = type;
  }

  /** As in the protocol and in {@code plugin list}. */
  String written() {
    return written;
  }

  static Optional<ServiceKind> ofType(String className) {
    return Arrays.stream(values()).filter(k -> k.type.getName().equals(className)).findFirst();
  }

  /** Whether a service is of this very class, and not of a plugin's own copy of it. */
  boolean isKindOf(Object service) {
    return type.isInstance(service);
  }

  /**
   * Whether the product can know of it without starting the plugin. Checks need no declaration:
   * they are asked for only where the host runs in any case.
   */
  boolean isDeclared(String provideCapability) {
    return this == CHECK
        || Pattern.compile("(?<![\\w.])" + Pattern.quote(type.getName()) + "(?![\\w.])")
            .matcher(provideCapability)
            .find();
  }

  /** The manifest's line that declares it. */
  String declaration() {
    return "Provide-Capability: osgi.service;objectClass:List<String>=\"" + type.getName() + "\"";
  }
}
