package dev.stravinsky.api.backup;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;

/**
 * How an entry differs between two states. One side is {@link EntryState#ABSENT} if added or
 * removed.
 */
public record Difference(
    String target, String level, EntryPath path, EntryState before, EntryState after) {

  public boolean added() {
    return before.equals(EntryState.ABSENT);
  }

  public boolean removed() {
    return after.equals(EntryState.ABSENT);
  }
}
