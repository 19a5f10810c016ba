package dev.stravinsky.api.update;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.ServiceFactory;
import java.io.IOException;

/**
 * Runs a program that is not ours (an installer, an updater) as a transaction: all that it changes
 * in the targets stays, or nothing does.
 *
 * <p>Guarded are the targets of the scope, and what a backup of the scope holds beside them; what
 * else the program changes is its own affair.
 */
public interface Guard {

  /** Found by {@link java.util.ServiceLoader}. */
  interface Factory extends ServiceFactory<Guard> {}

  /**
   * Takes the lock, ends what a crash interrupted, checks, backs up, runs the program, and checks
   * what it left. If the program fails, or a check blocks what it brought, the state before is put
   * back: every file, link and directory of the targets, its content and its mode.
   *
   * <p>If this process is killed meanwhile, the journal says so, and the next command that changes
   * something puts the state before back.
   *
   * @throws IOException before the program was started: nothing was changed
   * @throws dev.stravinsky.api.error.RollbackFailedException if the state before could not be put
   *     back; the backup has it, and the next command tries again
   */
  GuardResult run(GuardRequest request, Progress progress) throws IOException;
}
