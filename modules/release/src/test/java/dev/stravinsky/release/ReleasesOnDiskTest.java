package dev.stravinsky.release;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.ReleasesContract;
import java.io.IOException;
import java.nio.file.Path;

class ReleasesOnDiskTest extends ReleasesContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }
}
