package dev.stravinsky.api.backup;

import dev.stravinsky.api.Version;
import java.util.Objects;

/**
 * The name of a backup and of its folder: the version whose content it holds; {@code v0.3.9@2} when
 * the same version was saved again with other content; {@code v0.3.9.pre_rollback} before a
 * rollback.
 */
public record BackupId(String value) {
  /** Behind a version's name, what means its first backup and not its newest. */
  public static final String FIRST = "@1";

  public BackupId {
    Objects.requireNonNull(value);
    if (!Version.isValid(value.replace('@', '-'))) {
      throw new IllegalArgumentException("not a backup's id: \"" + value + "\"");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BackupId that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }

  /**
   * This backup and no other, as a person can type it: the id of a version's first backup is the
   * version's name, which alone means the version's newest one.
   */
  public String exactly() {
    return value.indexOf('@') < 0 ? value + FIRST : value;
  }
}
