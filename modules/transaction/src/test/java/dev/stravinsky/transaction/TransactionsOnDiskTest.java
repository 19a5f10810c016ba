package dev.stravinsky.transaction;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionsContract;
import java.io.IOException;
import java.nio.file.Path;

/** The contract on the real disk. */
final class TransactionsOnDiskTest extends TransactionsContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }
}
