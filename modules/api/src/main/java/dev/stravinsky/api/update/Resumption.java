package dev.stravinsky.api.update;

import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.transaction.Transactions.Recovered;
import java.util.List;

/**
 * What became of the interrupted transactions before a command.
 *
 * @param waiting those that could not be ended now and touch nothing that the command touches
 */
public record Resumption(List<Recovered> ended, List<Waiting> waiting) {
  public Resumption {
    ended = List.copyOf(ended);
    waiting = List.copyOf(waiting);
  }

  /** One that stays as the crash left it. */
  public record Waiting(TransactionRecord transaction, Problem why) {}
}
