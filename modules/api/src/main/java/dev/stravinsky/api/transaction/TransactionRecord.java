package dev.stravinsky.api.transaction;

import dev.stravinsky.api.Scope;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A transaction as its journal tells it.
 *
 * @param files the live files that it changes
 * @param recovered whether a later command ends it, after a crash
 */
public record TransactionRecord(
    String id,
    Scope scope,
    String kind,
    State state,
    Instant started,
    List<Path> files,
    Map<String, String> attributes,
    boolean recovered) {

  public TransactionRecord {
    files = List.copyOf(files);
    attributes = Map.copyOf(attributes);
  }

  /** The states of the journal, in the order of {@code package-info}'s diagram. */
  public enum State {
    /** Content is being copied; nothing live was touched. */
    STAGING,
    PREPARED,
    SWAPPING,
    SWAPPED,
    COMMITTED,
    UNDONE,
    CLEAN
  }
}
