package dev.stravinsky.backup;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.BackupStoreContract;
import java.io.IOException;
import java.nio.file.Path;

class BackupStoreInMemoryTest extends BackupStoreContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }
}
