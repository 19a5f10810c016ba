package dev.stravinsky.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.recovery.Recovery.Options;
import dev.stravinsky.api.update.RollbackRequest;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.InstalledSandbox;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Another command comes first, in the moment before this one has the lock. */
final class RecoveryRaceTest extends InstalledSandbox {
  /** What the other command does. */
  @FunctionalInterface
  private interface Other {
    void run(Services other) throws IOException;
  }

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  /** Runs the other command when this one is about to take the home's lock, once. */
  private void beforeTheLock(Other command) {
    Services other = sandbox.otherProcess();
    AtomicBoolean done = new AtomicBoolean();
    sandbox
        .faults()
        .plan(
            operation -> {
              boolean locks =
                  operation.kind() == Kind.LOCK && operation.path().equals(sandbox.home().lock());
              if (locks && done.compareAndSet(false, true)) {
                run(command, other);
              }
              return FaultPlan.NONE.decide(operation);
            });
  }

  private void run(Other command, Services other) {
    try {
      sandbox
          .faults()
          .undisturbed(
              () -> {
                command.run(other);
                return null;
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void file_anotherRollbackComesFirst_takesTheFileOfThatVersion() throws IOException {
    update(firstRelease(), "v1");
    update(secondRelease(), "v2");
    beforeTheLock(
        other -> {
          other
              .updater()
              .rollbackTo("v1", new RollbackRequest(Scope.USER, false, true, false), Progress.NONE);
          sandbox.write(releasedHook(), "broken");
        });

    sandbox
        .services()
        .recovery()
        .file(releasedHook(), Optional.empty(), new Options(Scope.USER, false, Progress.NONE));

    assertThat(releasedHook()).content().contains("one");
  }
}
