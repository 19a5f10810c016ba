package dev.stravinsky.backup;

import dev.stravinsky.api.Order;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailHead;
import dev.stravinsky.api.backup.BackupManifest;
import dev.stravinsky.api.backup.VerificationReport;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.StravinskyException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The trail as a second witness of what a backup's manifest was when it was made. */
final class Witness {
  private static final String BACKUP = "backup";
  private static final String MANIFEST = "manifest_sha256";
  private static final String READ_BACK = "verify_seconds";
  private static final EventType DELETED = EventType.BACKUP_DELETED;
  private static final EventType QUARANTINED = EventType.BACKUP_QUARANTINED;

  private final Services services;

  Witness(Services services) {
    this.services = services;
  }

  /** The trail's head now. */
  TrailHead head() throws IOException {
    try {
      return services.audit().head();
    } catch (IOException e) {
      if (services.settings().safety().failSafeOnAuditError()) {
        throw e;
      }
      return TrailHead.EMPTY;
    }
  }

  /**
   * Notes that a backup was made. {@code unique} makes the event's id, so that it is noted once.
   *
   * @param effort how long it took, where that is known
   */
  void created(
      String key, BackupManifest manifest, Sha256 sha256, String unique, Optional<Effort> effort)
      throws IOException {
    Map<String, String> details = new HashMap<>();
    details.put(MANIFEST, sha256.hex());
    details.put("size_bytes", Long.toString(manifest.sizeBytes()));
    details.put("reason", manifest.reason().written());
    // Of one manifest the event is there once, however often a publication is done again.
    String event = "created-" + unique + "-" + sha256.hex().substring(0, 12);
    effort.flatMap(Effort::readBackSeconds).ifPresent(text -> details.put(READ_BACK, text));
    EventDraft draft = draft(key, EventType.BACKUP_CREATED, event, manifest, details);
    append(effort.map(known -> draft.withDuration(known.took())).orElse(draft));
  }

  /** Notes that somebody had a backup verified; what cannot be written now waits. */
  void verified(
      String key,
      BackupManifest manifest,
      VerificationReport report,
      Map<String, String> more,
      Duration took) {
    Map<String, String> details = new HashMap<>(more);
    details.put("bytes_read", Long.toString(report.bytesRead()));
    details.put("files_unpacked", Long.toString(report.entriesUnpacked()));
    details.put("damages", Integer.toString(report.damage().size()));
    details.put(BACKUP, key);
    EventDraft draft =
        new EventDraft(
            key + "-verified-" + services.environment().ids().get(),
            EventType.BACKUP_VERIFIED,
            report.intact() ? EventStatus.SUCCESS : EventStatus.FAILED,
            Optional.of(manifest.version().value()),
            Optional.empty(),
            manifest.scope().key(),
            Optional.of(took),
            details,
            report.damage().stream().map(Problem::located).findFirst());
    try {
      services.audit().append(draft);
    } catch (IOException | StravinskyException e) {
      services.audit().appendLate(draft);
    }
  }

  void deleted(String key, BackupManifest manifest, String reason) throws IOException {
    String unique = "deleted-" + services.environment().ids().get();
    append(key, EventType.BACKUP_DELETED, unique, manifest, Map.of("reason", reason));
  }

  void quarantined(String key, BackupManifest manifest, String where) throws IOException {
    String unique = "quarantined-" + services.environment().ids().get();
    append(key, EventType.BACKUP_QUARANTINED, unique, manifest, Map.of("moved_to", where));
  }

  /** The same for one whose manifest nobody can read. */
  void quarantined(String key, Scope scope, String where) throws IOException {
    String unique = "quarantined-" + services.environment().ids().get();
    append(
        EventDraft.of(
                key + "-" + unique, EventType.BACKUP_QUARANTINED, EventStatus.SUCCESS, scope.key())
            .withDetails(Map.of("moved_to", where, BACKUP, key)));
  }

  /**
   * The manifest's checksum as the trail has it; empty where the trail says nothing of this backup
   * (it was off, or has been rotated away).
   */
  Optional<String> manifestSum(String key) throws IOException {
    return services
        .audit()
        .newest(
            EventType.BACKUP_CREATED,
            made ->
                key.equals(made.content().details().get(BACKUP))
                    && made.content().details().containsKey(MANIFEST))
        .map(made -> made.content().details().get(MANIFEST));
  }

  /** Whether the trail has this checksum of a manifest, wherever the backup is now. */
  boolean knows(Sha256 manifest) throws IOException {
    return services
        .audit()
        .newest(
            EventType.BACKUP_CREATED,
            made -> manifest.hex().equals(made.content().details().get(MANIFEST)))
        .isPresent();
  }

  /** The events of making of those that were neither deleted nor quarantined since, by key. */
  Map<String, AuditEvent> present() throws IOException {
    List<AuditEvent> events = new ArrayList<>();
    for (EventType type : List.of(EventType.BACKUP_CREATED, DELETED, QUARANTINED)) {
      events.addAll(services.audit().query(EventQuery.ALL.withType(type)));
    }
    events.sort(Order.by(AuditEvent::seq));
    Map<String, AuditEvent> present = new TreeMap<>();
    for (AuditEvent event : events) {
      String key = event.content().details().getOrDefault(BACKUP, "");
      if (event.content().type() == EventType.BACKUP_CREATED) {
        present.put(key, event);
      } else {
        present.remove(key);
      }
    }
    return present;
  }

  /** Notes that a backup is gone that somebody else deleted. */
  void gone(String key, AuditEvent made) throws IOException {
    String unique = "gone-" + services.environment().ids().get();
    EventDraft draft =
        EventDraft.of(key + "-" + unique, DELETED, EventStatus.SUCCESS, made.content().scope())
            .withDetails(Map.of("reason", "was not there any more", BACKUP, key));
    String version = made.content().version().orElse("");
    append(version.isEmpty() ? draft : draft.withVersion(version));
  }

  private void append(
      String key, EventType type, String unique, BackupManifest manifest, Map<String, String> more)
      throws IOException {
    append(draft(key, type, unique, manifest, more));
  }

  private static EventDraft draft(
      String key,
      EventType type,
      String unique,
      BackupManifest manifest,
      Map<String, String> more) {
    return EventDraft.of(key + "-" + unique, type, EventStatus.SUCCESS, manifest.scope().key())
        .withVersion(manifest.version().value())
        .withDetails(more)
        .withDetails(Map.of(BACKUP, key));
  }

  private void append(EventDraft draft) throws IOException {
    try {
      services.audit().append(draft);
    } catch (IOException e) {
      if (services.settings().safety().failSafeOnAuditError()) {
        throw e;
      }
      services.audit().appendLate(draft);
    }
  }
}
