package dev.stravinsky.api.transaction;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.error.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A transaction as its journal tells it.
 *
 * @param targets what it changes files of; where it changes none, all that it was planned for
 * @param files the live files that it changes; those that are known, if the journal is damaged
 * @param recovered whether a later command ends it, after a crash
 * @param damage what is wrong with its journal, so that it can only be abandoned
 */
public record TransactionRecord(
    String id,
    Scope scope,
    String kind,
    State state,
    Instant started,
    List<Target> targets,
    List<Path> files,
    Map<String, String> attributes,
    boolean recovered,
    Optional<Problem> damage) {

  public TransactionRecord {
    targets = List.copyOf(targets);
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
