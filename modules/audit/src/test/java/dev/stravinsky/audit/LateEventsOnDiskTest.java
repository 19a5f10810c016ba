package dev.stravinsky.audit;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.LateEventsContract;
import java.io.IOException;
import java.nio.file.Path;

class LateEventsOnDiskTest extends LateEventsContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }
}
