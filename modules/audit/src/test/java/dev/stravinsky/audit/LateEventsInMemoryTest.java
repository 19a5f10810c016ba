package dev.stravinsky.audit;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.LateEventsContract;
import java.io.IOException;
import java.nio.file.Path;

class LateEventsInMemoryTest extends LateEventsContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }
}
