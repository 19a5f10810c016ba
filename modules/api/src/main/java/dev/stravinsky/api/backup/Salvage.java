package dev.stravinsky.api.backup;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.error.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What can still be had from a backup that may be damaged.
 *
 * @param backup has every entry whose content is intact, and gives it as any backup does
 * @param lost the entries that are known by name, but whose content is damaged
 * @param nameless damage to what nobody can name any more; what other doubts there are
 */
public record Salvage(Backup backup, List<Lost> lost, List<Problem> nameless) {
  public Salvage {
    lost = List.copyOf(lost);
    nameless = List.copyOf(nameless);
  }

  /** Whether nothing is damaged. */
  public boolean isWhole() {
    return lost.isEmpty() && nameless.isEmpty();
  }

  /**
   * An entry that cannot be had from this backup.
   *
   * @param why what is wrong with its content, as a part of a sentence
   * @param entry what it was, where the manifest can be believed
   */
  public record Lost(
      String target, String level, EntryPath path, String why, Optional<BackupEntry> entry) {}
}
