package dev.stravinsky.recovery;

import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.Path;

class OnePlaceInMemoryTest extends OnePlaceContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }
}
