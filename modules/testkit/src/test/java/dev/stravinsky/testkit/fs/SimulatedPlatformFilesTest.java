package dev.stravinsky.testkit.fs;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.PlatformFilesContract;
import java.io.IOException;
import java.nio.file.Path;

class SimulatedPlatformFilesTest extends PlatformFilesContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }
}
