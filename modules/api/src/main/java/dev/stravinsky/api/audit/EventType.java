package dev.stravinsky.api.audit;

/** What the trail tells of. */
public enum EventType {
  BACKUP_CREATED,
  BACKUP_VERIFIED,
  BACKUP_DELETED,
  BACKUP_QUARANTINED,
  UPDATE_START,
  UPDATE_SUCCESS,
  UPDATE_FAILED,
  UPDATE_BLOCKED,
  AUTO_ROLLBACK,
  MANUAL_ROLLBACK,
  RECOVERY_ATTEMPT,
  /** A program that is not ours is about to be run; the detail {@code command} says which. */
  GUARD_START,
  /** It ended well, and what it changed is in force. */
  GUARD_SUCCESS,
  /** It failed, or a check blocked what it brought: the state before is back. */
  GUARD_FAILED,
  /** A check blocked it before it was started. */
  GUARD_BLOCKED,
  CRASH_RECOVERED,
  CONFLICT_RESOLVED,
  /** A program wrote to a file after it had been replaced; what it wrote was set aside. */
  LATE_WRITE,
  CHECK_ACCEPTED,
  CONFIG_CHANGED,
  /** The user held a version, pinned one, or ended that: the detail {@code change} says which. */
  HOLD_CHANGED,
  PLUGIN_CHANGED,
  /** A plugin whose failures change nothing could not do its work. */
  PLUGIN_FAILED,
  /** Somebody who should have been told of something could not be. */
  NOTIFICATION_FAILED,
  /** The trail was switched off: the last event until it is switched on again. */
  AUDIT_DISABLED,
  /**
   * Events older than {@code audit.log_retention_days} were removed. The details {@code
   * through_seq} and {@code through_hash} say up to which one, so that the chain can be verified
   * from there.
   */
  AUDIT_PRUNED
}
