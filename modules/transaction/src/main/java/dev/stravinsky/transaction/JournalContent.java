package dev.stravinsky.transaction;

import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.transaction.TransactionRecord.State;
import java.util.List;
import java.util.Optional;

/**
 * What a journal says.
 *
 * @param reached the state of its last good record
 * @param wasCommitted whether the commit record is among them
 * @param steps empty before {@link State#PREPARED}
 * @param damage why the journal cannot be followed: this is only what its good records say
 */
record JournalContent(
    Header header,
    State reached,
    boolean wasCommitted,
    List<Step> steps,
    Optional<Problem> damage) {
  JournalContent {
    steps = List.copyOf(steps);
  }

  TransactionRecord record() {
    TransactionRecord told = header.record(reached, steps, true);
    return new TransactionRecord(
        told.id(),
        told.scope(),
        told.kind(),
        told.state(),
        told.started(),
        told.targets(),
        told.files(),
        told.attributes(),
        told.recovered(),
        damage);
  }

  JournalContent damagedBy(Problem problem) {
    return new JournalContent(header, reached, wasCommitted, steps, Optional.of(problem));
  }
}
