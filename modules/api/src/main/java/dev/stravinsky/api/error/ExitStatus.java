package dev.stravinsky.api.error;

/** The exit statuses of every command; the numbers are part of the documented interface. */
public enum ExitStatus {
  /** Done, also when conflicts were set aside. */
  DONE(0),
  FAILED(1),
  USAGE(2),
  /** The update failed and was rolled back. */
  ROLLED_BACK(3),
  /** Blocked by a check or a concurrent change; nothing was changed. */
  BLOCKED(4),
  /** A backup or the trail is damaged. */
  DAMAGED(5),
  /** Another command holds the lock. */
  LOCKED(6),
  /** No such version or file. */
  NOT_FOUND(7),
  /** A rollback failed: manual recovery is needed. */
  CRITICAL(8),
  INTERRUPTED(130);

  private final int code;

  ExitStatus(int code) {
    this.code = code;
  }

  /** The number given to the shell. */
  public int code() {
    return code;
  }
}
