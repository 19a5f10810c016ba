package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;

/**
 * What git keeps beside the files that it looks after. A repository within a target is no part of a
 * release: installed, its configuration and hooks would be run by the user's own git.
 */
final class VersionControl {
  private static final String GIT = ".git";

  private VersionControl() {}

  /** Whether a path is of a repository itself; in any case of letters, as some systems have it. */
  static boolean holds(EntryPath path) {
    for (EntryPath each = path; !each.equals(EntryPath.ROOT); each = each.parent()) {
      if (each.name().equalsIgnoreCase(GIT)) {
        return true;
      }
    }
    return false;
  }
}
