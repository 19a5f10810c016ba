package dev.stravinsky.api.backup;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Origin;
import java.time.Instant;
import java.util.Optional;

/**
 * One file, link or directory in a backup.
 *
 * @param target the target's name
 * @param level {@code global} or {@code project}, as {@link dev.stravinsky.api.Scope#level()}
 * @param path relative to the target's root
 * @param state type, content and mode of the entry itself
 * @param modified the modification time, nanoseconds where the file system has them; that of the
 *     {@code linked} file if there is one
 * @param linked if the entry is a link to a file outside of all targets: that file's state, whose
 *     content is in the backup too
 */
public record BackupEntry(
    String target,
    String level,
    EntryPath path,
    EntryState state,
    Instant modified,
    Origin origin,
    Optional<EntryState.Regular> linked) {

  // Those of a record are linked at their first use, which takes longer than all comparing.
  @Override
  public boolean equals(Object other) {
    return other instanceof BackupEntry entry
        && target.equals(entry.target)
        && level.equals(entry.level)
        && path.equals(entry.path)
        && state.equals(entry.state)
        && modified.equals(entry.modified)
        && origin == entry.origin
        && linked.equals(entry.linked);
  }

  @Override
  public int hashCode() {
    return 31 * target.hashCode() + path.hashCode();
  }
}
