package dev.stravinsky.testkit.fs;

import java.util.Set;

/**
 * Who a process runs as, by the names that files have as their owner and group.
 *
 * @param otherGroups supplementary ones
 */
public record Credentials(String user, String group, Set<String> otherGroups) {
  /** Whom no mode stops. */
  public static final Credentials ROOT = new Credentials("root", "root", Set.of());

  public Credentials {
    otherGroups = Set.copyOf(otherGroups);
  }

  /** A user with one group. */
  public Credentials(String user, String group) {
    this(user, group, Set.of());
  }

  boolean isRoot() {
    return user.equals(ROOT.user);
  }

  boolean isIn(String name) {
    return group.equals(name) || otherGroups.contains(name);
  }
}
