package dev.stravinsky.testkit.contract;

import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.transaction.Transaction;
import java.io.IOException;
import java.util.List;

/** A transaction that frees its lock when it is closed, as a command does. */
record UnlockingTransaction(Transaction transaction, Runnable unlock) implements Transaction {
  @Override
  public String id() {
    return transaction.id();
  }

  @Override
  public List<TargetView> result() {
    return transaction.result();
  }

  @Override
  public void swap() throws IOException {
    transaction.swap();
  }

  @Override
  public void commit() throws IOException {
    transaction.commit();
  }

  @Override
  public void undo() {
    transaction.undo();
  }

  @Override
  public List<String> unfinished() {
    return transaction.unfinished();
  }

  @Override
  public void close() {
    try {
      transaction.close();
    } finally {
      unlock.run();
    }
  }
}
