package dev.stravinsky.api.transaction;

import dev.stravinsky.api.TargetView;
import java.io.IOException;
import java.util.List;

/**
 * A transaction under way: staged, then swapped, then committed or undone. Until {@link #commit}
 * returns, a crash at any moment ends in the old state; from then on in the new one.
 *
 * <p>{@link #close} undoes what is neither committed nor undone, and removes what was staged.
 */
public interface Transaction extends AutoCloseable {

  String id();

  /** The targets as they will be: unchanged entries at their live place, new ones in staging. */
  List<TargetView> result();

  /**
   * Compares what will be replaced with what was seen before, forces what was staged, writes the
   * journal and swaps file by file: new and changed files first, then settings. Deletions wait for
   * the commit.
   *
   * @throws dev.stravinsky.api.error.ConcurrentChangeException if somebody changed a file in
   *     between; all is undone, their bytes are live
   * @throws IOException if a step failed; all is undone
   * @throws dev.stravinsky.api.error.RollbackFailedException if undoing failed too
   */
  void swap() throws IOException;

  /**
   * Forces the commit record, deletes what is to be deleted, runs the completion and cleans up.
   * Throws only before the commit record is forced, and then all is undone; later failures are left
   * to the next command's recovery and told by {@link #unfinished}.
   *
   * @throws IOException if the commit record could not be written; all is undone
   * @throws dev.stravinsky.api.error.RollbackFailedException if undoing failed too
   */
  void commit() throws IOException;

  /**
   * Exchanges everything back, runs the completion's {@code undone} and cleans up. A file that
   * somebody changed since the swap stays theirs, the old one is set aside as a conflict, and
   * {@link #unfinished} names it.
   *
   * @throws dev.stravinsky.api.error.RollbackFailedException if that failed; both sides stay on
   *     disk
   */
  void undo();

  /**
   * What could not be finished after the commit or the undoing, and what somebody else's writes led
   * to; sentences for people, normally none.
   */
  List<String> unfinished();

  @Override
  void close();
}
