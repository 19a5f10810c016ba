package dev.stravinsky.update;

import dev.stravinsky.api.error.RollbackFailedException;

/** What a failure means once the undoing that it led to has failed as well. */
final class HiddenFailure {
  private HiddenFailure() {}

  /**
   * Returns if the undoing went well. Where it failed too, closing the transaction hid that behind
   * the first failure, and people would be told that their files are as they were.
   *
   * @throws RollbackFailedException what was hidden
   */
  static void surface(Exception first) {
    for (Throwable each : first.getSuppressed()) {
      if (each instanceof RollbackFailedException hidden) {
        throw hidden;
      }
    }
  }
}
