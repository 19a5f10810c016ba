package dev.stravinsky.update;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.HoldsContract;
import java.io.IOException;
import java.nio.file.Path;

class HoldsInMemoryTest extends HoldsContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }
}
