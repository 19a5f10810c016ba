package dev.stravinsky.pluginhost;

import dev.stravinsky.api.config.Settings;
import dev.stravinsky.api.config.Settings.NotifySetting;
import dev.stravinsky.api.config.Settings.TargetSetting;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads the settings that the protocol tells, which has all of them. */
final class SettingsReader {
  private final JsonNode section;

  private SettingsReader(JsonNode section) {
    this.section = section;
  }

  static Settings read(JsonNode settings) {
    List<TargetSetting> targets = new ArrayList<>();
    for (JsonNode each : settings.path("targets")) {
      targets.add(
          new TargetSetting(
              ContextReader.text(each, "name"),
              ContextReader.text(each, "path"),
              ContextReader.texts(each.path("files"))));
    }
    List<NotifySetting> notifiers = new ArrayList<>();
    for (JsonNode each : settings.path("notifiers")) {
      notifiers.add(
          new NotifySetting(
              ContextReader.text(each, "type"), ContextReader.texts(each.path("destination"))));
    }
    return new Settings(
        new SettingsReader(settings.path("backup")).backup(),
        new SettingsReader(settings.path("update")).update(),
        new SettingsReader(settings.path("recovery")).recovery(),
        new SettingsReader(settings.path("audit")).audit(),
        new SettingsReader(settings.path("safety")).safety(),
        targets,
        notifiers);
  }

  private Settings.Backup backup() {
    return new Settings.Backup(
        number("max_versions"),
        number("max_total_size_mb"),
        number("retention_days"),
        number("compression_level"),
        flag("verify_on_creation"),
        number("spot_check_percentage"));
  }

  private Settings.Update update() {
    return new Settings.Update(
        flag("auto_backup_before_update"),
        flag("pre_update_checks_enabled"),
        flag("post_update_verification_enabled"),
        flag("auto_rollback_on_failure"),
        number("auto_rollback_timeout_seconds"),
        ContextReader.optional(section, "channel"),
        ContextReader.texts(section.path("trusted_keys")));
  }

  private Settings.Recovery recovery() {
    return new Settings.Recovery(
        number("max_recovery_attempts"), number("recovery_retry_delay_seconds"));
  }

  private Settings.Audit audit() {
    return new Settings.Audit(
        flag("enable_audit_logging"),
        number("log_retention_days"),
        number("log_rotation_size_mb"),
        number("log_rotation_days"),
        flag("tamper_detection_enabled"));
  }

  private Settings.Safety safety() {
    return new Settings.Safety(
        flag("require_manual_confirmation_for_rollback"),
        flag("fail_safe_on_backup_error"),
        flag("fail_safe_on_audit_error"),
        number("disk_space_threshold_mb"),
        number("lock_timeout_seconds"));
  }

  private int number(String key) {
    JsonNode value = section.path(key);
    if (!value.isInt()) {
      throw missing(key);
    }
    return value.intValue();
  }

  private boolean flag(String key) {
    JsonNode value = section.path(key);
    if (!value.isBoolean()) {
      throw missing(key);
    }
    return value.booleanValue();
  }

  private static IllegalArgumentException missing(String key) {
    return new IllegalArgumentException("the settings have no " + key);
  }
}
