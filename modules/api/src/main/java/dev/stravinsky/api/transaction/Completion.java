package dev.stravinsky.api.transaction;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What has to be done outside of the targets once a transaction is decided: publish its backup,
 * note the version, write the trail. Each method may be called again after a crash, with the
 * transaction as the journal kept it, and must then do what is missing and nothing twice.
 */
public interface Completion {

  /** After the commit record is forced, before the journal is cleaned. */
  void committed(TransactionRecord transaction) throws IOException;

  /**
   * Before the other two: a program wrote to {@code live} after it had been replaced, or still has
   * it open for writing, and what it wrote was set aside as {@code kept}. Does nothing if it is not
   * overridden: the transaction itself names the file, too.
   */
  default void lateWrite(TransactionRecord transaction, Path live, Path kept) throws IOException {}

  /** After everything was exchanged back, before the journal is cleaned. */
  void undone(TransactionRecord transaction) throws IOException;
}
