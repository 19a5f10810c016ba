package dev.stravinsky.report;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.NotificationsContract;
import java.io.IOException;
import java.nio.file.Path;

class DispatcherInMemoryTest extends NotificationsContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }
}
