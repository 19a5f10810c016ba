package dev.stravinsky.config;

import dev.stravinsky.api.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one table of everything that can be set, in the order in which it is shown. */
final class Keys {
  private static final List<Key<?>> TABLE = new ArrayList<>();
  private static final int MANY_MB = 10_000_000;
  private static final int CENTURY_DAYS = 36_500;
  private static final int HOUR_SECONDS = 3_600;

  static final Key<Integer> MAX_VERSIONS = number("backup.max_versions", 10, 1, 100_000);
  static final Key<Integer> MAX_TOTAL_SIZE = number("backup.max_total_size_mb", 500, 1, MANY_MB);
  static final Key<Integer> RETENTION_DAYS = number("backup.retention_days", 730, 0, CENTURY_DAYS);
  static final Key<Integer> COMPRESSION_LEVEL = number("backup.compression_level", 1, 1, 9);
  static final Key<Boolean> VERIFY_ON_CREATION = truth("backup.verify_on_creation", true);
  static final Key<Integer> SPOT_CHECK = number("backup.spot_check_percentage", 10, 0, 100);

  static final Key<Boolean> AUTO_BACKUP = truth("update.auto_backup_before_update", true);
  static final Key<Boolean> PRE_UPDATE_CHECKS = truth("update.pre_update_checks_enabled", true);
  static final Key<Boolean> POST_UPDATE_VERIFICATION =
      truth("update.post_update_verification_enabled", true);
  static final Key<Boolean> AUTO_ROLLBACK = truth("update.auto_rollback_on_failure", true);
  static final Key<Integer> AUTO_ROLLBACK_TIMEOUT =
      number("update.auto_rollback_timeout_seconds", 60, 1, HOUR_SECONDS);
  static final Key<Optional<String>> CHANNEL =
      add(new Key<>("update.channel", Kinds.TEXT, Optional.empty()));
  static final Key<List<String>> TRUSTED_KEYS =
      add(new Key<>("update.trusted_keys", Kinds.PUBLIC_KEYS, List.of()));

  static final Key<Integer> RECOVERY_ATTEMPTS = number("recovery.max_recovery_attempts", 3, 1, 100);
  static final Key<Integer> RECOVERY_DELAY =
      number("recovery.recovery_retry_delay_seconds", 5, 0, HOUR_SECONDS);

  static final Key<Boolean> AUDIT_LOGGING = truth("audit.enable_audit_logging", true);
  static final Key<Integer> LOG_RETENTION =
      number("audit.log_retention_days", 730, 1, CENTURY_DAYS);
  static final Key<Integer> LOG_ROTATION_SIZE =
      number("audit.log_rotation_size_mb", 50, 1, MANY_MB);
  static final Key<Integer> LOG_ROTATION_DAYS =
      number("audit.log_rotation_days", 90, 1, CENTURY_DAYS);
  static final Key<Boolean> TAMPER_DETECTION = truth("audit.tamper_detection_enabled", true);

  static final Key<Boolean> CONFIRM_ROLLBACK =
      truth("safety.require_manual_confirmation_for_rollback", false);
  static final Key<Boolean> FAIL_SAFE_BACKUP = truth("safety.fail_safe_on_backup_error", true);
  static final Key<Boolean> FAIL_SAFE_AUDIT = truth("safety.fail_safe_on_audit_error", true);
  static final Key<Integer> DISK_SPACE = number("safety.disk_space_threshold_mb", 100, 0, MANY_MB);
  static final Key<Integer> LOCK_TIMEOUT =
      number("safety.lock_timeout_seconds", 5, 0, HOUR_SECONDS);

  static final Key<List<Settings.TargetSetting>> TARGETS =
      add(new Key<>("targets", new TargetsKind(), List.of()));
  static final Key<List<Settings.NotifySetting>> NOTIFY =
      add(new Key<>("notify", new NotifyKind(), List.of()));

  /** Every key. */
  static final List<Key<?>> ALL = List.copyOf(TABLE);

  /** The name by which {@link #AUTO_ROLLBACK} is also taken at the top level. */
  static final String TOP_LEVEL_AUTO_ROLLBACK = "auto_rollback_on_failure";

  /** The short form of {@link #AUTO_ROLLBACK}'s variable. */
  static final String SHORT_AUTO_ROLLBACK_VARIABLE = "STRAVINSKY_AUTO_ROLLBACK";

  private Keys() {}

  /** The key of a path, also by its name at the top level. */
  static Optional<Key<?>> find(String path) {
    if (path.equals(TOP_LEVEL_AUTO_ROLLBACK)) {
      return Optional.of(AUTO_ROLLBACK);
    }
    return ALL.stream().filter(key -> key.path().equals(path)).findFirst();
  }

  /** Every path that {@link #find} knows and every section. */
  static List<String> names() {
    List<String> names = new ArrayList<>(sections());
    ALL.forEach(key -> names.add(key.path()));
    return names;
  }

  static List<String> sections() {
    return ALL.stream().flatMap(key -> key.section().stream()).distinct().toList();
  }

  private static Key<Integer> number(String path, int fallback, int min, int max) {
    return add(new Key<>(path, Kinds.wholeNumber(min, max), fallback));
  }

  private static Key<Boolean> truth(String path, boolean fallback) {
    return add(new Key<>(path, Kinds.TRUTH, fallback));
  }

  private static <T> Key<T> add(Key<T> key) {
    TABLE.add(key);
    return key;
  }
}
