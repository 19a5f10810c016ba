package dev.stravinsky.transaction;

import dev.stravinsky.api.Environment;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionRecoveryContract;
import java.io.IOException;
import java.nio.file.Path;

/** The contract in memory, where nothing can be exchanged. */
final class TransactionRecoveryByRenameInMemoryTest extends TransactionRecoveryContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @Override
  protected Environment adapt(Environment environment) {
    return SwapWay.RENAME.adapt(environment);
  }
}
