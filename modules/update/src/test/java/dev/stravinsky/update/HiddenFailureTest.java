package dev.stravinsky.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.error.RollbackFailedException;
import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.InstalledSandbox;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FaultPlan.Verdict;
import dev.stravinsky.testkit.fs.FileOperation;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import dev.stravinsky.testkit.fs.ProcessKilledError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a second failure, or a second home, hides behind the first. */
final class HiddenFailureTest extends InstalledSandbox {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @Test
  void undo_diskCannotBeReadAfterTheSwap_failedUndoingIsTold() throws IOException {
    update(firstRelease(), "v1");
    update(secondRelease(), "v2");
    AtomicBoolean swapped = new AtomicBoolean();
    sandbox
        .faults()
        .plan(
            operation -> {
              boolean reads =
                  operation.kind() == Kind.OPEN
                      && operation.path().startsWith(sandbox.claude())
                      && !operation.path().toString().contains(".stravinsky-")
                      && !operation.path().equals(sandbox.claude())
                      && operation.path().getFileName().toString().contains(".");
              swapped.compareAndSet(false, operation.kind() == Kind.EXCHANGE);
              return swapped.get() && reads
                  ? new Verdict.Fail(Errno.EIO)
                  : FaultPlan.NONE.decide(operation);
            });
    assertThatThrownBy(this::undo).isInstanceOf(RollbackFailedException.class);
    assertThat(swapped).isTrue();
  }

  @Test
  void backup_anotherHomeIsAtWorkElsewhere_whatWasInterruptedThereWaits() throws IOException {
    sandbox.settings("{\"safety\": {\"lock_timeout_seconds\": 0}}");
    update(firstRelease(), "v1");
    sandbox.faults().plan(HiddenFailureTest::dieAtTheFirstExchange);
    assertThatThrownBy(() -> update(secondRelease(), "v2")).isInstanceOf(ProcessKilledError.class);
    sandbox.restartAfterKill();
    Services here = sandbox.services();
    Scope project = new Scope.Project(sandbox.project());
    PlatformFiles other = sandbox.otherProcess().environment().platform();

    try (Lease atWork = other.tryFlock(sandbox.claude(), LockMode.EXCLUSIVE).orElseThrow()) {
      here.updater().backup(project, Progress.NONE);
      assertThat(here.transactions().interrupted()).hasSize(1);
    }
    here.updater().backup(project, Progress.NONE);
    assertThat(here.transactions().interrupted()).isEmpty();
  }

  private static Verdict dieAtTheFirstExchange(FileOperation operation) {
    return operation.kind() == Kind.EXCHANGE ? new Verdict.Die() : new Verdict.Proceed();
  }
}
