package dev.stravinsky.audit;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TrailUpkeepContract;
import java.io.IOException;
import java.nio.file.Path;

class LogTrailUpkeepInMemoryTest extends TrailUpkeepContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }
}
