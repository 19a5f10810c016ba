package dev.stravinsky.update;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.GuardContract;
import java.io.IOException;
import java.nio.file.Path;

class GuardInMemoryTest extends GuardContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }
}
