package dev.stravinsky.api.error;

/**
 * The error matrix: every error has one of these kinds, and the kind alone decides what follows.
 *
 * <p>Found before the swap an error blocks; found in the swap the journal undoes it. Found after
 * the swap, {@link #rollsBack()} decides: yes is an automatic rollback; no leaves the new state and
 * tells the user {@linkplain #userAction() what to do}.
 */
public enum ErrorKind {
  PARSE_ERROR("Parse error (hooks/commands)", "Syntax validation", true, "None needed"),
  SCHEMA_ERROR("Schema error (settings)", "Schema validation", true, "None needed"),
  PERMISSION_DENIED("Permission denied", "File access test", false, "Fix permissions"),
  DISK_FULL("Disk full", "Space check", true, "Free disk space"),
  CORRUPTED_BACKUP("Corrupted backup", "Checksum failure", false, "Use older backup"),
  FILE_LOCKED("File locked", "fcntl check", false, "Close app using file"),
  DEPENDENCY_MISSING("Dependency missing", "Import test", true, "None needed"),
  PARTIAL_WRITE("Partial write", "Live checksum", true, "None needed"),
  VERSION_MISMATCH("Version mismatch", "Version pointer", true, "None needed"),
  UNKNOWN("Unknown error", "Exception catch", true, "None needed");

  private final String title;
  private final String detection;
  private final boolean rollsBack;
  private final String userAction;

  ErrorKind(String title, String detection, boolean rollsBack, String userAction) {
    this.title = title;
    this.detection = detection;
    this.rollsBack = rollsBack;
    this.userAction = userAction;
  }

  /** The row's name in the quick reference. */
  public String title() {
    return title;
  }

  /** How it is noticed. */
  public String detection() {
    return detection;
  }

  /** Whether the error, found after the swap, is answered by an automatic rollback. */
  public boolean rollsBack() {
    return rollsBack;
  }

  /** What the user has to do, in a few words. */
  public String userAction() {
    return userAction;
  }
}
