package dev.stravinsky.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.update.RollbackRequest;
import dev.stravinsky.api.update.RollbackResult;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.InstalledSandbox;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import dev.stravinsky.testkit.fs.ProcessKilledError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Another command comes first, in the moment before this one has the lock. */
final class CommandRaceTest extends InstalledSandbox {
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
  void undo_anotherUpdateComesFirst_takesThatOneBack() throws IOException {
    update(firstRelease(), "v1");
    update(secondRelease(), "v2");
    SortedMap<String, String> second = live();
    Path third = firstRelease();
    hook(third, "only-in-v3.sh", "three");
    beforeTheLock(other -> other.updater().update(request(third, "v3", false), Progress.NONE));

    assertThat(undo())
        .isInstanceOfSatisfying(
            RollbackResult.Done.class,
            done -> assertThat(done.from()).isEqualTo(new Version("v3")));

    assertThat(live()).isEqualTo(second);
    assertThat(sandbox.services().installed().current(Scope.USER)).isEqualTo(new Version("v2"));
  }

  @Test
  void undo_dryRunAfterACrash_leavesTheInterruptedTransactionToOthers() throws IOException {
    update(firstRelease(), "v1");
    update(secondRelease(), "v2");
    sandbox.faults().plan(CommandRaceTest::dieAtTheFirstExchange);
    assertThatThrownBy(this::undo).isInstanceOf(ProcessKilledError.class);
    sandbox.restartAfterKill();

    sandbox
        .services()
        .updater()
        .undo(new RollbackRequest(Scope.USER, false, true, true), Progress.NONE);

    assertThat(sandbox.services().transactions().interrupted()).hasSize(1);
  }

  private static FaultPlan.Verdict dieAtTheFirstExchange(FileOperation operation) {
    return operation.kind() == Kind.EXCHANGE
        ? new FaultPlan.Verdict.Die()
        : new FaultPlan.Verdict.Proceed();
  }
}
