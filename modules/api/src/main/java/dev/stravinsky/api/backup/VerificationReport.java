package dev.stravinsky.api.backup;

import dev.stravinsky.api.error.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * What a verification found.
 *
 * @param bytesRead how many stored bytes were read
 * @param entriesUnpacked how many entries were unpacked and compared
 * @param damage each naming archive, entry and byte range as far as known; empty if intact
 * @param remarks what is odd and damages nothing: files that are not the backup's, a backup that
 *     the trail does not know
 */
public record VerificationReport(
    BackupId id,
    long bytesRead,
    long entriesUnpacked,
    List<Problem> damage,
    List<Problem> remarks) {
  public VerificationReport {
    damage = List.copyOf(damage);
    remarks = List.copyOf(remarks);
  }

  /** Without remarks. */
  public VerificationReport(
      BackupId id, long bytesRead, long entriesUnpacked, List<Problem> damage) {
    this(id, bytesRead, entriesUnpacked, damage, List.of());
  }

  /** The same with one more remark. */
  public VerificationReport with(Problem remark) {
    List<Problem> more = new ArrayList<>(remarks);
    more.add(remark);
    return new VerificationReport(id, bytesRead, entriesUnpacked, damage, more);
  }

  public boolean intact() {
    return damage.isEmpty();
  }
}
