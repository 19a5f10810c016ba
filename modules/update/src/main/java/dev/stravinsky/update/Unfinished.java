package dev.stravinsky.update;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.transaction.Transaction;
import java.util.List;

/** What a transaction that is over leaves to be known, as people are told it. */
final class Unfinished {
  private Unfinished() {}

  static List<Problem> of(Transaction transaction) {
    return transaction.unfinished().stream()
        .map(sentence -> Problem.of(ErrorKind.UNKNOWN, sentence).next("stravinsky status"))
        .toList();
  }
}
