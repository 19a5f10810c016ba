package dev.stravinsky.api;

import java.util.Objects;

/**
 * The name of a release, for example {@code v0.3.9}. Versions have no order: they may go backwards,
 * and any change of version is an update.
 *
 * <p>It can be somebody else's, and people are told commands with it to type: what a shell does not
 * take as it is, is no part of one.
 *
 * @param value 1 to 100 characters; no {@code @}, slash, backslash, white space or control
 *     character, none of {@code :*?"<>|$&'();} and the backquote; neither a dot nor a dash at the
 *     start
 */
public record Version(String value) {
  /** What is there before any release was installed. */
  public static final Version UNTRACKED = new Version("untracked");

  private static final int MAX_LENGTH = 100;
  private static final String REFUSED = "@/\\:*?\"<>|$&'();`";

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
        && text.charAt(0) != '-'
        && text.chars().noneMatch(c -> c <= ' ' || c == 0x7f || REFUSED.indexOf(c) >= 0);
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
