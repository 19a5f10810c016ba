package dev.stravinsky.testkit;

import dev.stravinsky.api.config.Settings;
import java.util.List;
import java.util.Optional;

/** The settings where nothing is configured, for tests of what is not the configuration. */
public final class DefaultSettings {
  private DefaultSettings() {}

  /** What the product documents as its defaults. */
  public static Settings get() {
    return withSafety(100, 5);
  }

  /** The defaults with another limit for the space that is to be left. */
  public static Settings withSafety(int diskSpaceThresholdMb, int lockTimeoutSeconds) {
    return new Settings(
        new Settings.Backup(10, 500, 730, 6, true, 10),
        new Settings.Update(true, true, true, true, 60, Optional.empty(), List.of()),
        new Settings.Recovery(3, 5),
        new Settings.Audit(true, 730, 50, 90, true),
        new Settings.Safety(false, true, true, diskSpaceThresholdMb, lockTimeoutSeconds),
        List.of(),
        List.of());
  }
}
