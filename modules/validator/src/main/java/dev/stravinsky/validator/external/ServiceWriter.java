package dev.stravinsky.validator.external;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Times;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.backup.BackupManifest;
import dev.stravinsky.spi.Notification;
import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;

/** Writes what services are told, in the words of the trail, the manifest and the webhooks. */
final class ServiceWriter {
  private ServiceWriter() {}

  /** As in {@code operations.log}. */
  static void event(AuditEvent event, JsonGenerator out) {
    EventDraft content = event.content();
    out.writeObjectPropertyStart("event");
    out.writeNumberProperty("seq", event.seq());
    out.writeStringProperty("event_id", content.eventId());
    out.writeStringProperty("timestamp", Times.text(event.timestamp()));
    out.writeStringProperty("event_type", content.type().name());
    content.version().ifPresent(version -> out.writeStringProperty("version", version));
    content.previousVersion().ifPresent(v -> out.writeStringProperty("previous_version", v));
    out.writeStringProperty("scope", content.scope());
    out.writeStringProperty("user", event.user());
    out.writeStringProperty("hostname", event.hostname());
    out.writeStringProperty("status", content.status().written());
    content
        .duration()
        .ifPresent(
            took ->
                out.writeNumberProperty("duration_seconds", BigDecimal.valueOf(took.toNanos(), 9)));
    out.writeObjectPropertyStart("details");
    content.details().forEach(out::writeStringProperty);
    out.writeEndObject();
    content.error().ifPresent(error -> out.writeStringProperty("error", error));
    out.writeStringProperty("prev_hash", event.prevHash());
    out.writeStringProperty("hash", event.hash());
    out.writeEndObject();
  }

  /** As for webhooks. */
  static void notification(Notification notification, JsonGenerator out) {
    out.writeObjectPropertyStart("notification");
    out.writeStringProperty("event", notification.event());
    out.writeBooleanProperty("critical", notification.critical());
    out.writeStringProperty("summary", notification.summary());
    notification.nextCommand().ifPresent(next -> out.writeStringProperty("next_command", next));
    out.writeStringProperty("hostname", notification.hostname());
    out.writeStringProperty("timestamp", Times.text(notification.timestamp()));
    out.writeEndObject();
  }

  /** What a backup's manifest says before its entries. */
  static void manifest(BackupManifest manifest, JsonGenerator out) {
    out.writeObjectPropertyStart("manifest");
    out.writeStringProperty("id", manifest.id().value());
    out.writeStringProperty("version", manifest.version().value());
    out.writeStringProperty("timestamp", Times.text(manifest.timestamp()));
    out.writeStringProperty("system", manifest.system());
    out.writeStringProperty("java_version", manifest.javaVersion());
    out.writeStringProperty("reason", manifest.reason().written());
    ContextWriter.scope(manifest.scope(), out);
    out.writeArrayPropertyStart("roots");
    for (BackupManifest.Root root : manifest.roots()) {
      out.writeStartObject();
      out.writeStringProperty("name", root.target());
      ContextWriter.scope(root.scope(), out);
      ContextWriter.path("root", root.path(), out);
      ContextWriter.files(root.files(), out);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayPropertyStart("archives");
    for (BackupManifest.Archive archive : manifest.archives()) {
      out.writeStartObject();
      out.writeStringProperty("path", archive.path());
      out.writeNumberProperty("size_bytes", archive.sizeBytes());
      out.writeStringProperty("sha256", archive.sha256().hex());
      out.writeNumberProperty("files_count", archive.filesCount());
      out.writeEndObject();
    }
    out.writeEndArray();
    manifest
        .previousVersion()
        .ifPresent(previous -> out.writeStringProperty("previous_version", previous.value()));
    out.writeBooleanProperty("user_modifications", manifest.userModifications());
    out.writeNumberProperty("trail_seq", manifest.trailHead().seq());
    out.writeStringProperty("trail_hash", manifest.trailHead().hash());
    out.writeEndObject();
  }

  /** The command's world; variables, clock and ids are the host's own. */
  static void environment(Environment environment, JsonGenerator out) {
    out.writeObjectPropertyStart("environment");
    ContextWriter.path("home", environment.home().directory(), out);
    ContextWriter.path("stravinsky_home", environment.stravinskyHome(), out);
    ContextWriter.path("user_home", environment.userHome(), out);
    ContextWriter.path("working_directory", environment.workingDirectory(), out);
    ContextWriter.path("installation", environment.installation(), out);
    out.writeStringProperty("hostname", environment.hostname());
    out.writeStringProperty("user", environment.user());
    out.writeStringProperty("command", environment.command());
    out.writeEndObject();
  }
}
