package dev.stravinsky.audit;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.AuditTrailContract;
import java.io.IOException;
import java.nio.file.Path;

class LogTrailOnDiskTest extends AuditTrailContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }
}
