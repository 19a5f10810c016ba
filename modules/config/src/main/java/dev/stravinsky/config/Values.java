package dev.stravinsky.config;

import dev.stravinsky.api.config.ConfigStore.Source;
import dev.stravinsky.api.config.Settings;
import java.util.HashMap;
import java.util.Map;

/** The value of every key and where it is from. */
final class Values {
  private final Map<Key<?>, Object> given = new HashMap<>();
  private final Map<Key<?>, Source> sources = new HashMap<>();

  /** A value that outranks those put before. */
  <T> void put(Key<T> key, T value, Source source) {
    given.put(key, value);
    sources.put(key, source);
  }

  <T> T of(Key<T> key) {
    @SuppressWarnings("unchecked") // Only put() fills the map, with the key's own type.
    T value = (T) given.getOrDefault(key, key.fallback());
    return value;
  }

  <T> String written(Key<T> key) {
    return key.kind().write(of(key));
  }

  Source source(Key<?> key) {
    return sources.getOrDefault(key, Source.DEFAULT);
  }

  Settings settings() {
    return new Settings(
        backup(), update(), recovery(), audit(), safety(), of(Keys.TARGETS), of(Keys.NOTIFY));
  }

  private Settings.Backup backup() {
    return new Settings.Backup(
        of(Keys.MAX_VERSIONS),
        of(Keys.MAX_TOTAL_SIZE),
        of(Keys.RETENTION_DAYS),
        of(Keys.COMPRESSION_LEVEL),
        of(Keys.VERIFY_ON_CREATION),
        of(Keys.SPOT_CHECK));
  }

  private Settings.Update update() {
    return new Settings.Update(
        of(Keys.AUTO_BACKUP),
        of(Keys.PRE_UPDATE_CHECKS),
        of(Keys.POST_UPDATE_VERIFICATION),
        of(Keys.AUTO_ROLLBACK),
        of(Keys.AUTO_ROLLBACK_TIMEOUT),
        of(Keys.CHANNEL),
        of(Keys.TRUSTED_KEYS));
  }

  private Settings.Recovery recovery() {
    return new Settings.Recovery(of(Keys.RECOVERY_ATTEMPTS), of(Keys.RECOVERY_DELAY));
  }

  private Settings.Audit audit() {
    return new Settings.Audit(
        of(Keys.AUDIT_LOGGING),
        of(Keys.LOG_RETENTION),
        of(Keys.LOG_ROTATION_SIZE),
        of(Keys.LOG_ROTATION_DAYS),
        of(Keys.TAMPER_DETECTION));
  }

  private Settings.Safety safety() {
    return new Settings.Safety(
        of(Keys.CONFIRM_ROLLBACK),
        of(Keys.FAIL_SAFE_BACKUP),
        of(Keys.FAIL_SAFE_AUDIT),
        of(Keys.DISK_SPACE),
        of(Keys.LOCK_TIMEOUT));
  }
}
