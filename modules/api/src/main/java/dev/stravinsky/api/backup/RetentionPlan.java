package dev.stravinsky.api.backup;

import java.util.List;

/** Which backups a cleanup would delete and keep, each with its reason; oldest first. */
public record RetentionPlan(List<Decision> decisions) {
  public RetentionPlan {
    decisions = List.copyOf(decisions);
  }

  /**
   * What happens to one backup.
   *
   * @param reason for people
   */
  public record Decision(Backup backup, boolean delete, String reason) {}
}
