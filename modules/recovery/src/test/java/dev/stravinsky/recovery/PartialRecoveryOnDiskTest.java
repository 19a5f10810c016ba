package dev.stravinsky.recovery;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.PartialRecoveryContract;
import java.io.IOException;
import java.nio.file.Path;

/** The contract, on the real disk. */
class PartialRecoveryOnDiskTest extends PartialRecoveryContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }
}
