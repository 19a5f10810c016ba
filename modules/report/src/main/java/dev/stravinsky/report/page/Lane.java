package dev.stravinsky.report.page;

import dev.stravinsky.api.audit.EventType;
import java.util.Optional;

/** What is shown beside each other along the time. */
enum Lane {
  UPDATES("Updates"),
  ROLLBACKS("Rollbacks"),
  RECOVERIES("Recoveries"),
  BACKUPS("Backups");

  private final String title;

  Lane(String title) {
    this.title = title;
  }

  /** Where an event of this type belongs; the beginning of something has no place of its own. */
  static Optional<Lane> of(EventType type) {
    return switch (type) {
      case UPDATE_SUCCESS,
          UPDATE_FAILED,
          UPDATE_BLOCKED,
          GUARD_SUCCESS,
          GUARD_FAILED,
          GUARD_BLOCKED ->
          Optional.of(UPDATES);
      case AUTO_ROLLBACK, MANUAL_ROLLBACK -> Optional.of(ROLLBACKS);
      case RECOVERY_ATTEMPT, CRASH_RECOVERED -> Optional.of(RECOVERIES);
      case BACKUP_CREATED, BACKUP_VERIFIED, BACKUP_DELETED, BACKUP_QUARANTINED ->
          Optional.of(BACKUPS);
      default -> Optional.empty();
    };
  }

  String title() {
    return title;
  }
}
