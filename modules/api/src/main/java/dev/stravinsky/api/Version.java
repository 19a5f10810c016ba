package dev.stravinsky.api;

import java.util.Objects;

/**
 * The name of a release, for example {@code v0.3.9}. Versions have no order: they may go backwards,
 * and any change of version is an update.
 *
 * @param value 1 to 100 characters; neither {@code @} nor a slash, backslash, white space or
 *     control character, and no dot at the start
 */
public record Version(String value) {
  /** What is there before any release was installed. */
  public static final Version UNTRACKED = new Version("untracked");

  private static final int MAX_LENGTH = 100;

  public Version {
    Objects.requireNonNull(value);
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a version: \"" + value + "\"");
    }
  }

  /** Whether the text can be a version. */
  public static boolean isValid(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_LENGTH
        && text.charAt(0) != '.'
        && text.chars().noneMatch(c -> c <= ' ' || c == 0x7f || "@/\\:*?\"<>|".indexOf(c) >= 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Version that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
