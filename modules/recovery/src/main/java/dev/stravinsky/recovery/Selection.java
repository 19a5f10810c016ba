package dev.stravinsky.recovery;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.Salvage.Lost;
import java.io.IOException;
import java.util.stream.Stream;

/** Which of a backup's entries are to come back. */
@FunctionalInterface
interface Selection {
  /** A whole backup. */
  Selection ALL = (target, level, path) -> true;

  boolean has(String target, String level, EntryPath path);

  default boolean has(BackupEntry entry) {
    return has(entry.target(), entry.level(), entry.path());
  }

  default boolean has(Lost lost) {
    return has(lost.target(), lost.level(), lost.path());
  }

  /** Whether the backup has anything of it. */
  default boolean isIn(Backup backup) throws IOException {
    try (Stream<BackupEntry> entries = backup.entries()) {
      return entries.anyMatch(this::has);
    }
  }
}
