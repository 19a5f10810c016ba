package dev.stravinsky.update;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.UpdaterContract;
import java.io.IOException;
import java.nio.file.Path;

/** The contract, on the real disk. */
class UpdaterOnDiskTest extends UpdaterContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }
}
