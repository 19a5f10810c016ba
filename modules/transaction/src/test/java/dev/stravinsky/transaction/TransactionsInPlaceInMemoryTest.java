package dev.stravinsky.transaction;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionsContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract in memory, with settings that are a mount. */
final class TransactionsInPlaceInMemoryTest extends TransactionsContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @BeforeEach
  void mount() {
    sandbox.faults().mount(world.settingsFile());
  }

  /** Here the settings are a link, which is no mount. */
  @Override
  @Test
  protected void commit_linkedFile_writtenAtTheEndOfItsChain() throws IOException {
    sandbox.faults().unmount(world.settingsFile());
    super.commit_linkedFile_writtenAtTheEndOfItsChain();
  }
}
