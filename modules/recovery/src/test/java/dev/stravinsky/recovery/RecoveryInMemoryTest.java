package dev.stravinsky.recovery;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.RecoveryContract;
import java.io.IOException;
import java.nio.file.Path;

/** The contract, in memory. */
class RecoveryInMemoryTest extends RecoveryContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }
}
