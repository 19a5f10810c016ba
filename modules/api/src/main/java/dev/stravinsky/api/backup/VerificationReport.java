package dev.stravinsky.api.backup;

import dev.stravinsky.api.error.Problem;
import java.util.List;

/**
 * What a verification found.
 *
 * @param bytesRead how many stored bytes were read
 * @param entriesUnpacked how many entries were unpacked and compared
 * @param damage each naming archive, entry and byte range as far as known; empty if intact
 */
public record VerificationReport(
    BackupId id, long bytesRead, long entriesUnpacked, List<Problem> damage) {
  public VerificationReport {
    damage = List.copyOf(damage);
  }

  public boolean intact() {
    return damage.isEmpty();
  }
}
