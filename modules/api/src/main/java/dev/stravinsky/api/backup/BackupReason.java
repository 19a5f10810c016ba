package dev.stravinsky.api.backup;

import java.util.Locale;

/** Why a backup was made; written in lower case. */
public enum BackupReason {
  PRE_UPDATE,
  /** The new version, built from staging and published with the commit. */
  INSTALLED,
  PRE_ROLLBACK,
  PRE_RECOVERY,
  MANUAL;

  /** Whether it holds what a rollback or a recovery replaced, and not a version as such. */
  public boolean isSafeguard() {
    return this == PRE_ROLLBACK || this == PRE_RECOVERY;
  }

  /** As in the manifest: {@code pre_update}. */
  public String written() {
    return name().toLowerCase(Locale.ROOT);
  }
}
