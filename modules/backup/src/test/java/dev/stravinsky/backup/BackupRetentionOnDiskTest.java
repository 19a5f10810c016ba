package dev.stravinsky.backup;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.BackupRetentionContract;
import java.io.IOException;
import java.nio.file.Path;

class BackupRetentionOnDiskTest extends BackupRetentionContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }
}
