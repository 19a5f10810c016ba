package dev.stravinsky.release;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.ReleaseBuilderContract;
import java.io.IOException;
import java.nio.file.Path;

class ReleaseBuilderInMemoryTest extends ReleaseBuilderContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }
}
