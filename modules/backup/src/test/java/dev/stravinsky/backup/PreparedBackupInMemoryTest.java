package dev.stravinsky.backup;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.PreparedBackupContract;
import java.io.IOException;
import java.nio.file.Path;

class PreparedBackupInMemoryTest extends PreparedBackupContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }
}
