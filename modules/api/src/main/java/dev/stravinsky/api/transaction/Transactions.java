package dev.stravinsky.api.transaction;

import dev.stravinsky.api.ServiceFactory;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The swap, its journal, and the lock around both. */
public interface Transactions {

  /** Found by {@link java.util.ServiceLoader}. */
  interface Factory extends ServiceFactory<Transactions> {}

  /**
   * Takes the home's lock, and each target's parent directory's, waiting as long as {@code
   * safety.lock_timeout_seconds} says. A dead owner's lock never blocks. Whoever changes anything
   * takes it exclusively, whoever verifies or reads backups shared. The thread that holds it may
   * take it again, but not exclusively what it holds shared. The first exclusive one of a command
   * also removes what killed commands left in the home.
   *
   * @throws IOException if the file system gives no locks
   * @throws dev.stravinsky.api.error.LockHeldException saying who holds it
   */
  Lease lock(Collection<Target> targets, LockMode mode) throws IOException;

  /**
   * Copies the new content beside the targets and compares it with its checksums. Nothing live is
   * touched; on failure everything staged is removed. The caller's thread holds the lock
   * exclusively, with all targets of the request.
   *
   * @throws IllegalStateException if it does not
   */
  Transaction stage(TransactionRequest request, Completion completion) throws IOException;

  /**
   * Transactions that a crash interrupted, oldest first; changes nothing. One that is under way in
   * another process, which holds the lock, is not among them. One with a damaged journal is told as
   * far as its journal goes, with the damage.
   *
   * @throws dev.stravinsky.api.error.DamagedException if a journal is damaged so that nobody knows
   *     which targets it touches
   */
  List<TransactionRecord> interrupted() throws IOException;

  /**
   * Files of an interrupted transaction that is going to be undone which somebody has written since
   * the crash: neither as they were nor as the transaction left them. Changes nothing; {@link
   * #recover} keeps them live.
   */
  List<Path> writtenSince(TransactionRecord transaction) throws IOException;

  /**
   * Finishes the transaction if it was committed, undoes it otherwise. A file that somebody changed
   * since stays live and is named. The caller holds the lock exclusively.
   *
   * @throws dev.stravinsky.api.error.RollbackFailedException if undoing failed; both sides stay on
   *     disk, and it can be tried again
   */
  Recovered recover(TransactionRecord transaction, Completion completion) throws IOException;

  /**
   * Closes a transaction that cannot be finished, keeping both sides of every file. The caller
   * holds the lock exclusively.
   *
   * @return where the sides are that are not live
   * @throws dev.stravinsky.api.error.NotFoundException if there is no journal of this transaction
   */
  List<Path> abandon(TransactionRecord transaction) throws IOException;

  /** How files of this target will be swapped, and what that does not promise to readers. */
  SwapMode swapMode(Target target) throws IOException;

  /**
   * How an interrupted transaction ended.
   *
   * @param finished true if the new state is live, false if the old one is
   * @param foreign files that somebody else changed, which were left alone
   * @param notes what else people should know; sentences
   * @param saved the backup of what was live before, where somebody had changed something
   */
  record Recovered(
      TransactionRecord transaction,
      boolean finished,
      List<Path> foreign,
      List<String> notes,
      Optional<BackupId> saved) {
    public Recovered {
      foreign = List.copyOf(foreign);
      notes = List.copyOf(notes);
    }

    /** The same, with this backup or this reason why there is none. */
    public Recovered with(Optional<BackupId> backup, List<String> more) {
      List<String> all = new ArrayList<>(notes);
      all.addAll(more);
      return new Recovered(transaction, finished, foreign, all, backup);
    }
  }

  /** The ways of swapping a file. */
  enum SwapMode {
    /** Atomic exchange: a reader sees the old or the new file, never none. */
    EXCHANGE("atomic exchange"),
    /** Aside and in its place: a reader may find no file for a moment. */
    RENAME("rename: a reader may find a file missing for a moment"),
    /** A journalled write in place: neither readers nor writers of that moment are safe. */
    IN_PLACE(
        "exchange, but files that are mounts are written in place: a reader may see a half-written"
            + " file, and a program that writes in that moment may lose its write");

    private final String promise;

    SwapMode(String promise) {
      this.promise = promise;
    }

    /** For people. */
    public String promise() {
      return promise;
    }
  }
}
