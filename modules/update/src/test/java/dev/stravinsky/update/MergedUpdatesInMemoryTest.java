package dev.stravinsky.update;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.MergedUpdatesContract;
import java.io.IOException;
import java.nio.file.Path;

class MergedUpdatesInMemoryTest extends MergedUpdatesContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }
}
