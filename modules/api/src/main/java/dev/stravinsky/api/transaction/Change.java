package dev.stravinsky.api.transaction;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Target;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * One entry that a transaction changes.
 *
 * <p>{@link #before} is what was seen (and backed up) when the change was planned. If it is
 * something else when the swap comes, somebody wrote in between and the transaction stops.
 */
public sealed interface Change {

  Target target();

  EntryPath path();

  EntryState before();

  /**
   * Creates or replaces a regular file. If a link to a file is there, the content is written at the
   * end of its chain and the link stays; {@code before} is then the state of that file.
   *
   * @param content where the new content is read; copied into staging, never linked, and moved only
   *     if {@link TransactionRequest#takesContents} says so
   * @param after what it will be; {@code content} is compared with its checksum
   * @param modified the modification time to set, if one is to be kept
   */
  record Put(
      Target target,
      EntryPath path,
      EntryState before,
      Path content,
      EntryState.Regular after,
      Optional<Instant> modified)
      implements Change {}

  /**
   * Creates a symbolic link, or replaces whatever file or link is there by one.
   *
   * @param modified the link's own modification time, if one is to be kept
   */
  record Relink(
      Target target,
      EntryPath path,
      EntryState before,
      EntryState.Link after,
      Optional<Instant> modified)
      implements Change {}

  /**
   * Creates a directory, or changes one's mode. Parents of other changes need no change of their
   * own.
   *
   * @param modified the modification time to set on a new one, if one is to be kept; set when all
   *     that goes into it is there
   */
  record MakeDirectory(
      Target target,
      EntryPath path,
      EntryState before,
      EntryState.Directory after,
      Optional<Instant> modified)
      implements Change {}

  /** Deletes a file or link, or a directory if it is empty by then. */
  record Delete(Target target, EntryPath path, EntryState before) implements Change {}

  /** What will be there. */
  default EntryState afterwards() {
    return switch (this) {
      case Put put -> put.after();
      case Relink relink -> relink.after();
      case MakeDirectory directory -> directory.after();
      case Delete delete -> EntryState.ABSENT;
    };
  }
}
