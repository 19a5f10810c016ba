package dev.stravinsky.api.transaction;

import java.io.IOException;

/**
 * What has to be done outside of the targets once a transaction is decided: publish its backup,
 * note the version, write the trail. Each method may be called again after a crash, with the
 * transaction as the journal kept it, and must then do what is missing and nothing twice.
 */
public interface Completion {

  /** After the commit record is forced, before the journal is cleaned. */
  void committed(TransactionRecord transaction) throws IOException;

  /** After everything was exchanged back, before the journal is cleaned. */
  void undone(TransactionRecord transaction) throws IOException;
}
