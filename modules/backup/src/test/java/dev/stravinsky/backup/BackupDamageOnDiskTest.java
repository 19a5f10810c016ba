package dev.stravinsky.backup;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.BackupDamageContract;
import java.io.IOException;
import java.nio.file.Path;

class BackupDamageOnDiskTest extends BackupDamageContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }
}
