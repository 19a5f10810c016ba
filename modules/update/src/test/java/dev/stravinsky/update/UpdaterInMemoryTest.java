package dev.stravinsky.update;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.UpdaterContract;
import java.io.IOException;
import java.nio.file.Path;

/** The contract, in memory. */
class UpdaterInMemoryTest extends UpdaterContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }
}
