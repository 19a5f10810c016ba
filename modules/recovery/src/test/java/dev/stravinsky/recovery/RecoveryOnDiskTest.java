package dev.stravinsky.recovery;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.RecoveryContract;
import java.io.IOException;
import java.nio.file.Path;

/** The contract, on the real disk. */
class RecoveryOnDiskTest extends RecoveryContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }
}
