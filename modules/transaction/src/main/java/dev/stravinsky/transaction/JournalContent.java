package dev.stravinsky.transaction;

import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.transaction.TransactionRecord.State;
import java.util.List;

/**
 * What a journal says.
 *
 * @param reached the state of its last good record
 * @param wasCommitted whether the commit record is among them
 * @param steps empty before {@link State#PREPARED}
 */
record JournalContent(Header header, State reached, boolean wasCommitted, List<Step> steps) {
  JournalContent {
    steps = List.copyOf(steps);
  }

  TransactionRecord record() {
    return header.record(reached, steps, true);
  }
}
