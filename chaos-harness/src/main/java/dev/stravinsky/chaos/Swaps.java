package dev.stravinsky.chaos;

import dev.stravinsky.testkit.fs.FileOperation;

/** The operations by which files come into force. */
final class Swaps {
  private Swaps() {}

  /** Where nothing can be exchanged it is done by renames out of the transaction's folder. */
  static boolean is(FileOperation operation) {
    return operation.kind() == FileOperation.Kind.EXCHANGE
        || operation.kind() == FileOperation.Kind.RENAME
            && operation.path().toString().contains("/.stravinsky-");
  }
}
