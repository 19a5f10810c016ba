package dev.stravinsky.transaction;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionsContract;
import dev.stravinsky.testkit.fs.FaultPlan;
import java.io.IOException;
import java.nio.file.Path;

/** The contract where no read and no write handles more than a few bytes at a time. */
final class TransactionsInShortTransfersTest extends TransactionsContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    Sandbox sandbox = Sandbox.inMemory();
    sandbox.faults().plan(FaultPlan.shortWhere(operation -> true, 7));
    return sandbox;
  }
}
