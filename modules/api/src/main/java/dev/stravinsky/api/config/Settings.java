package dev.stravinsky.api.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code config.json} and the environment, typed, with every default filled in. */
public record Settings(
    Backup backup,
    Update update,
    Recovery recovery,
    Audit audit,
    Safety safety,
    List<TargetSetting> targets,
    List<NotifySetting> notifiers) {

  public Settings {
    targets = List.copyOf(targets);
    notifiers = List.copyOf(notifiers);
  }

  /**
   * @param maxVersions how many backups are kept
   * @param maxTotalSizeMb what all backups may take together; the one limit that may delete young
   *     ones
   * @param retentionDays younger backups are kept, except for the size limit
   * @param compressionLevel deflate level, 1 to 9
   * @param verifyOnCreation whether new members are read back and unpacked before a backup counts
   * @param spotCheckPercentage share of entries that {@code previous-backups} unpacks
   */
  public record Backup(
      int maxVersions,
      int maxTotalSizeMb,
      int retentionDays,
      int compressionLevel,
      boolean verifyOnCreation,
      int spotCheckPercentage) {}

  /**
   * @param channel where releases come from when none is named
   * @param trustedKeys public keys, one of which must have signed a release
   */
  public record Update(
      boolean autoBackupBeforeUpdate,
      boolean preUpdateChecksEnabled,
      boolean postUpdateVerificationEnabled,
      boolean autoRollbackOnFailure,
      int autoRollbackTimeoutSeconds,
      Optional<String> channel,
      List<String> trustedKeys) {
    public Update {
      trustedKeys = List.copyOf(trustedKeys);
    }
  }

  /** How often and how fast a recovery that failed is tried again. */
  public record Recovery(int maxRecoveryAttempts, int recoveryRetryDelaySeconds) {}

  /** The trail. */
  public record Audit(
      boolean enableAuditLogging,
      int logRetentionDays,
      int logRotationSizeMb,
      int logRotationDays,
      boolean tamperDetectionEnabled) {}

  /**
   * @param failSafeOnBackupError stop the update if its backup cannot be made
   * @param failSafeOnAuditError stop the update if the trail cannot be written
   */
  public record Safety(
      boolean requireManualConfirmationForRollback,
      boolean failSafeOnBackupError,
      boolean failSafeOnAuditError,
      int diskSpaceThresholdMb,
      int lockTimeoutSeconds) {

    public Duration lockTimeout() {
      return Duration.ofSeconds(lockTimeoutSeconds);
    }
  }

  /**
   * A set of files named in {@code config.json} beside the built-in targets.
   *
   * @param path as written; {@code ~} is the user's home
   * @param files names in {@code path}; empty for the whole tree
   */
  public record TargetSetting(String name, String path, List<String> files) {
    public TargetSetting {
      files = List.copyOf(files);
    }
  }

  /**
   * Whom to tell after an automatic rollback or a critical failure.
   *
   * @param type {@code command} or {@code webhook}
   * @param destination the command's words, or one URL
   */
  public record NotifySetting(String type, List<String> destination) {
    public NotifySetting {
      destination = List.copyOf(destination);
    }
  }
}
