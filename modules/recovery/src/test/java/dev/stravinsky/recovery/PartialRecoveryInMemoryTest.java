package dev.stravinsky.recovery;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.PartialRecoveryContract;
import java.io.IOException;
import java.nio.file.Path;

/** The contract, in memory. */
class PartialRecoveryInMemoryTest extends PartialRecoveryContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }
}
