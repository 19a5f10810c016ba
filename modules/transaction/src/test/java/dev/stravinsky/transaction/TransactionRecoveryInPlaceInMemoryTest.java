package dev.stravinsky.transaction;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionRecoveryContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;

/** The contract in memory, with settings that are a mount. */
final class TransactionRecoveryInPlaceInMemoryTest extends TransactionRecoveryContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @BeforeEach
  void mount() {
    sandbox.faults().mount(world.settingsFile());
  }
}
