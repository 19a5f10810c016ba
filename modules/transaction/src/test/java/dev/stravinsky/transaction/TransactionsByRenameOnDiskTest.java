package dev.stravinsky.transaction;

import dev.stravinsky.api.Environment;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionsContract;
import java.io.IOException;
import java.nio.file.Path;

/** The contract on the real disk, where nothing can be exchanged. */
final class TransactionsByRenameOnDiskTest extends TransactionsContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }

  @Override
  protected Environment adapt(Environment environment) {
    return SwapWay.RENAME.adapt(environment);
  }
}
