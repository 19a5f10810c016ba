package dev.stravinsky.backup;

import dev.stravinsky.api.backup.BackupReason;
import java.util.List;

/** What a backup's id says of it, for when nothing else does. */
final class BackupNames {
  private static final List<String> SAFEGUARDS =
      List.of("." + BackupReason.PRE_ROLLBACK.written(), "." + BackupReason.PRE_RECOVERY.written());

  private BackupNames() {}

  /** The version whose content the backup of this id has. */
  static String version(String id) {
    String base = base(id);
    for (String suffix : SAFEGUARDS) {
      if (base.endsWith(suffix) && base.length() > suffix.length()) {
        return base.substring(0, base.length() - suffix.length());
      }
    }
    return base;
  }

  /** Whether it is of what a rollback or a recovery replaced. */
  static boolean isSafeguard(String id) {
    return !version(id).equals(base(id));
  }

  /** Without the number that tells backups of one name apart. */
  static String base(String id) {
    int at = id.indexOf('@');
    return at < 0 ? id : id.substring(0, at);
  }
}
