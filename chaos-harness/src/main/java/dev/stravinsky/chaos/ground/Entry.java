package dev.stravinsky.chaos.ground;

import dev.stravinsky.api.EntryPath;
import java.util.SortedMap;

/** What was found at one path of a configuration. */
sealed interface Entry {
  /** A directory; what is in it stands beside it. */
  record Directory(int mode) implements Entry {}

  /** A regular file. */
  record Content(byte[] bytes, int mode) implements Entry {}

  /** A link whose words are kept: to what lies beside it, or to nothing. */
  record Link(String words) implements Entry {}

  /** A link by its full name to something in the configuration itself. */
  record Inward(EntryPath end) implements Entry {}

  /**
   * A link to something elsewhere, as in a repository of dotfiles.
   *
   * @param end what is there, by the path from it; the root is the end itself
   */
  record Outward(SortedMap<EntryPath, Entry> end) implements Entry {}
}
