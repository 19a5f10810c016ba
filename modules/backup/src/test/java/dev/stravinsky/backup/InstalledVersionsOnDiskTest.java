package dev.stravinsky.backup;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.InstalledVersionsContract;
import java.io.IOException;
import java.nio.file.Path;

class InstalledVersionsOnDiskTest extends InstalledVersionsContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }
}
