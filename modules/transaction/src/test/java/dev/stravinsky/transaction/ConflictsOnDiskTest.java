package dev.stravinsky.transaction;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.ConflictsContract;
import java.io.IOException;
import java.nio.file.Path;

/** The contract on the real disk. */
final class ConflictsOnDiskTest extends ConflictsContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }
}
