package dev.stravinsky.audit;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TrailDamageContract;
import java.io.IOException;
import java.nio.file.Path;

class LogTrailDamageInMemoryTest extends TrailDamageContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }
}
