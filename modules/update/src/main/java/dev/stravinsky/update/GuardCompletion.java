package dev.stravinsky.update;

import dev.stravinsky.api.error.RollbackFailedException;
import dev.stravinsky.api.transaction.Completion;
import dev.stravinsky.api.transaction.TransactionRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a guard's undoing is: its transaction has nothing to exchange back, and the journal stays
 * until this has put the state before back.
 */
final class GuardCompletion implements Completion {
  private final VersionCompletion told;
  private final GuardUndo undo;
  private Optional<RollbackFailedException> failure = Optional.empty();

  GuardCompletion(VersionCompletion told, GuardUndo undo) {
    this.told = told;
    this.undo = undo;
  }

  @Override
  public void committed(TransactionRecord transaction) throws IOException {
    told.committed(transaction);
  }

  @Override
  public void lateWrite(TransactionRecord transaction, Path live, Path kept) throws IOException {
    told.lateWrite(transaction, live, kept);
  }

  @Override
  public void undone(TransactionRecord transaction) throws IOException {
    failure = Optional.empty();
    try {
      undo.run();
    } catch (IOException e) {
      failure = Optional.of(undo.failed(e));
      throw e; // On a full disk this is tried once more, with the reserve.
    } catch (RollbackFailedException e) {
      failure = Optional.of(e);
      throw e;
    }
    undo.saved().ifPresent(told::saved);
    told.undone(transaction);
  }

  /**
   * The transaction takes a failure in here for one of cleaning up, which the next command does.
   *
   * @throws RollbackFailedException if the state before is not back
   */
  void requireUndone() {
    if (failure.isPresent()) {
      throw failure.get();
    }
  }
}
