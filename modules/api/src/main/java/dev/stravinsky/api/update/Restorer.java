package dev.stravinsky.api.update;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.ServiceFactory;
import java.io.IOException;

/**
 * Brings the state of a backup back through a transaction: what rollback and every level of
 * recovery have in common. What is live is backed up first, what was restored is compared with the
 * backup.
 */
public interface Restorer {

  /** Found by {@link java.util.ServiceLoader}. */
  interface Factory extends ServiceFactory<Restorer> {}

  /**
   * Takes the lock, finishes what a crash interrupted, then restores; or only says what it would
   * do.
   *
   * @throws IOException with the state before still live
   * @throws dev.stravinsky.api.error.ConcurrentChangeException if somebody wrote in between
   * @throws dev.stravinsky.api.error.RollbackFailedException if undoing a failed restoration failed
   */
  Restoration restore(RestoreRequest request, Progress progress) throws IOException;
}
