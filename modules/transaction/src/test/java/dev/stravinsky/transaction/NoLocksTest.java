package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** File systems that give no locks, and homes that give no leave. */
final class NoLocksTest {
  private Sandbox sandbox;

  @BeforeEach
  void open() throws IOException {
    sandbox = Sandbox.inMemory();
    sandbox.write(sandbox.home().journal().resolve("tx.journal"), "begun");
    sandbox.services().transactions().lock(List.of(), LockMode.EXCLUSIVE).close();
  }

  @AfterEach
  void close() throws IOException {
    sandbox.faults().plan(FaultPlan.NONE);
    sandbox.close();
  }

  private void locksFail(Errno errno) {
    sandbox.faults().plan(FaultPlan.failWhere(o -> o.kind() == Kind.LOCK, errno));
  }

  @Test
  void lock_noLocksAvailable_isAnError() {
    locksFail(Errno.ENOLCK);
    for (LockMode mode : LockMode.values()) {
      assertThatThrownBy(() -> sandbox.services().transactions().lock(List.of(), mode))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("No locks available");
    }
  }

  @Test
  void interrupted_noLocksAvailable_isAnError() {
    locksFail(Errno.ENOLCK);
    assertThatThrownBy(() -> sandbox.services().transactions().interrupted())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No locks available");
  }

  @Test
  void interrupted_homeThatCannotBeWritten_isStillLookedAt() throws IOException {
    TransactionWorld world = new TransactionWorld(sandbox, e -> e).withUsualFiles();
    world.withUsualChanges().stage(new Told()).swap();
    world.restart();
    for (Errno errno : List.of(Errno.EROFS, Errno.EACCES)) {
      locksFail(errno);
      assertThat(sandbox.services().transactions().interrupted()).hasSize(1);
    }
  }
}
