package dev.stravinsky.pluginhost;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Home;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Times;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailHead;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.BackupManifest;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.spi.Notification;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Makes what services are told of the fields of a call. */
final class ServiceReader {
  /** By the host's own loader: this runs on threads that have a plugin's. */
  private static final Supplier<PlatformFiles> PLATFORM =
      () ->
          ServiceLoader.load(PlatformFiles.class, ServiceReader.class.getClassLoader())
              .findFirst()
              .orElseThrow(
                  () -> new IllegalStateException("the host has no " + PlatformFiles.class));

  private ServiceReader() {}

  static AuditEvent event(JsonNode json) {
    Map<String, String> details = new TreeMap<>();
    json.path("details")
        .properties()
        .forEach(d -> details.put(d.getKey(), d.getValue().asString()));
    Optional<Duration> duration =
        Optional.of(json.path("duration_seconds"))
            .filter(JsonNode::isNumber)
            .map(seconds -> Duration.ofNanos(nanos(seconds)));
    return new AuditEvent(
        json.path("seq").asLong(),
        instant(json),
        text(json, "user"),
        text(json, "hostname"),
        new EventDraft(
            text(json, "event_id"),
            EventType.valueOf(text(json, "event_type")),
            EventStatus.valueOf(text(json, "status").toUpperCase(Locale.ROOT)),
            ContextReader.optional(json, "version"),
            ContextReader.optional(json, "previous_version"),
            text(json, "scope"),
            duration,
            details,
            ContextReader.optional(json, "error")),
        text(json, "prev_hash"),
        text(json, "hash"));
  }

  private static long nanos(JsonNode seconds) {
    return new BigDecimal(seconds.asString()).movePointRight(9).longValue();
  }

  static Notification notification(JsonNode json) {
    return new Notification(
        text(json, "event"),
        json.path("critical").asBoolean(false),
        text(json, "summary"),
        ContextReader.optional(json, "next_command"),
        text(json, "hostname"),
        instant(json));
  }

  static BackupManifest manifest(JsonNode json) {
    List<BackupManifest.Root> roots = new ArrayList<>();
    for (JsonNode root : json.path("roots")) {
      roots.add(
          new BackupManifest.Root(
              text(root, "name"),
              ContextReader.scope(root),
              ContextReader.path(root, "root_uri"),
              ContextReader.texts(root.path("files"))));
    }
    List<BackupManifest.Archive> archives = new ArrayList<>();
    for (JsonNode archive : json.path("archives")) {
      archives.add(
          new BackupManifest.Archive(
              text(archive, "path"),
              archive.path("size_bytes").asLong(),
              new Sha256(text(archive, "sha256")),
              archive.path("files_count").asLong()));
    }
    return new BackupManifest(
        new BackupId(text(json, "id")),
        new Version(text(json, "version")),
        instant(json),
        text(json, "system"),
        text(json, "java_version"),
        BackupReason.valueOf(text(json, "reason").toUpperCase(Locale.ROOT)),
        ContextReader.scope(json),
        roots,
        archives,
        ContextReader.optional(json, "previous_version").map(Version::new),
        json.path("user_modifications").asBoolean(false),
        new TrailHead(json.path("trail_seq").asLong(), text(json, "trail_hash")));
  }

  /** The command's world, with this process's variables and clock. */
  static Environment environment(JsonNode json) {
    return new Environment(
        new Home(ContextReader.path(json, "home_uri")),
        ContextReader.path(json, "stravinsky_home_uri"),
        ContextReader.path(json, "user_home_uri"),
        ContextReader.path(json, "working_directory_uri"),
        ContextReader.path(json, "installation_uri"),
        System.getenv(),
        Clock.systemUTC(),
        () -> UUID.randomUUID().toString().replace("-", ""),
        text(json, "hostname"),
        text(json, "user"),
        text(json, "command"),
        PLATFORM.get());
  }

  private static Instant instant(JsonNode json) {
    return Times.parse(text(json, "timestamp"));
  }

  private static String text(JsonNode json, String key) {
    return ContextReader.text(json, key);
  }
}
