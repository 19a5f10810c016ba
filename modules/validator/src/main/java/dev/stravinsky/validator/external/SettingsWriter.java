package dev.stravinsky.validator.external;

import dev.stravinsky.api.config.Settings;
import dev.stravinsky.api.config.Settings.NotifySetting;
import dev.stravinsky.api.config.Settings.TargetSetting;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the settings in force, by the names of {@code config.json}. Member by member: a mapping by
 * reflection takes longer than all else that is said to the plugin host.
 */
final class SettingsWriter {
  private final JsonGenerator out;

  private SettingsWriter(JsonGenerator out) {
    this.out = out;
  }

  /** Writes {@code settings} into an object that is open. */
  static void write(Settings settings, JsonGenerator out) {
    new SettingsWriter(out).settings(settings);
  }

  private void settings(Settings settings) {
    out.writeObjectPropertyStart("settings");
    object("backup", () -> backup(settings.backup()));
    object("update", () -> update(settings.update()));
    object("recovery", () -> recovery(settings.recovery()));
    object("audit", () -> audit(settings.audit()));
    object("safety", () -> safety(settings.safety()));
    out.writeArrayPropertyStart("targets");
    settings.targets().forEach(this::target);
    out.writeEndArray();
    out.writeArrayPropertyStart("notifiers");
    settings.notifiers().forEach(this::notifier);
    out.writeEndArray();
    out.writeEndObject();
  }

  private void object(String key, Runnable members) {
    out.writeObjectPropertyStart(key);
    members.run();
    out.writeEndObject();
  }

  private void backup(Settings.Backup backup) {
    out.writeNumberProperty("max_versions", backup.maxVersions());
    out.writeNumberProperty("max_total_size_mb", backup.maxTotalSizeMb());
    out.writeNumberProperty("retention_days", backup.retentionDays());
    out.writeNumberProperty("compression_level", backup.compressionLevel());
    out.writeBooleanProperty("verify_on_creation", backup.verifyOnCreation());
    out.writeNumberProperty("spot_check_percentage", backup.spotCheckPercentage());
  }

  private void update(Settings.Update update) {
    out.writeBooleanProperty("auto_backup_before_update", update.autoBackupBeforeUpdate());
    out.writeBooleanProperty("pre_update_checks_enabled", update.preUpdateChecksEnabled());
    out.writeBooleanProperty(
        "post_update_verification_enabled", update.postUpdateVerificationEnabled());
    out.writeBooleanProperty("auto_rollback_on_failure", update.autoRollbackOnFailure());
    out.writeNumberProperty("auto_rollback_timeout_seconds", update.autoRollbackTimeoutSeconds());
    update.channel().ifPresent(channel -> out.writeStringProperty("channel", channel));
    texts("trusted_keys", update.trustedKeys());
  }

  private void recovery(Settings.Recovery recovery) {
    out.writeNumberProperty("max_recovery_attempts", recovery.maxRecoveryAttempts());
    out.writeNumberProperty("recovery_retry_delay_seconds", recovery.recoveryRetryDelaySeconds());
  }

  private void audit(Settings.Audit audit) {
    out.writeBooleanProperty("enable_audit_logging", audit.enableAuditLogging());
    out.writeNumberProperty("log_retention_days", audit.logRetentionDays());
    out.writeNumberProperty("log_rotation_size_mb", audit.logRotationSizeMb());
    out.writeNumberProperty("log_rotation_days", audit.logRotationDays());
    out.writeBooleanProperty("tamper_detection_enabled", audit.tamperDetectionEnabled());
  }

  private void safety(Settings.Safety safety) {
    out.writeBooleanProperty(
        "require_manual_confirmation_for_rollback", safety.requireManualConfirmationForRollback());
    out.writeBooleanProperty("fail_safe_on_backup_error", safety.failSafeOnBackupError());
    out.writeBooleanProperty("fail_safe_on_audit_error", safety.failSafeOnAuditError());
    out.writeNumberProperty("disk_space_threshold_mb", safety.diskSpaceThresholdMb());
    out.writeNumberProperty("lock_timeout_seconds", safety.lockTimeoutSeconds());
  }

  private void target(TargetSetting target) {
    out.writeStartObject();
    out.writeStringProperty("name", target.name());
    out.writeStringProperty("path", target.path());
    texts("files", target.files());
    out.writeEndObject();
  }

  private void notifier(NotifySetting notifier) {
    out.writeStartObject();
    out.writeStringProperty("type", notifier.type());
    texts("destination", notifier.destination());
    out.writeEndObject();
  }

  private void texts(String key, List<String> texts) {
    out.writeArrayPropertyStart(key);
    texts.forEach(out::writeString);
    out.writeEndArray();
  }
}
