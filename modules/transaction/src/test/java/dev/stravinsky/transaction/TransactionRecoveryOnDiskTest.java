package dev.stravinsky.transaction;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionRecoveryContract;
import java.io.IOException;
import java.nio.file.Path;

/** The contract on the real disk. */
final class TransactionRecoveryOnDiskTest extends TransactionRecoveryContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }
}
