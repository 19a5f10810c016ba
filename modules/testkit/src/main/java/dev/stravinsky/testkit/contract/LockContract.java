package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Home;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.error.LockHeldException;
import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link dev.stravinsky.api.transaction.Transactions#lock} promises. */
public abstract class LockContract extends SandboxTest {
  private Target target;

  @BeforeEach
  void configure() throws IOException {
    sandbox.settings("{\"safety\": {\"lock_timeout_seconds\": 0}}");
    target = Target.tree("hooks", Scope.USER, sandbox.claude().resolve("hooks"));
  }

  @Test
  void lock_heldByAnother_saysWhoHoldsIt() throws IOException {
    try (Lease held = lock(sandbox.services(), LockMode.EXCLUSIVE)) {
      Services other = sandbox.otherProcess();
      for (LockMode mode : LockMode.values()) {
        assertThatThrownBy(() -> lock(other, mode))
            .isInstanceOfSatisfying(
                LockHeldException.class,
                e -> {
                  assertThat(e.owner().orElseThrow().pid())
                      .isEqualTo(ProcessHandle.current().pid());
                  assertThat(e.owner().orElseThrow().command()).isEqualTo("stravinsky test");
                })
            .hasMessageContaining("stravinsky test");
      }
    }
  }

  @Test
  void lock_freed_anotherTakesItAndNoOwnerIsNamed() throws IOException {
    lock(sandbox.services(), LockMode.EXCLUSIVE).close();
    assertThat(sandbox.home().lockOwner()).doesNotExist();
    lock(sandbox.otherProcess(), LockMode.EXCLUSIVE).close();
  }

  @Test
  void lock_sharedByTwo_keepsAnExclusiveOneOut() throws IOException {
    Services other = sandbox.otherProcess();
    try (Lease one = lock(sandbox.services(), LockMode.SHARED);
        Lease two = lock(other, LockMode.SHARED)) {
      assertThatThrownBy(() -> lock(sandbox.otherProcess(), LockMode.EXCLUSIVE))
          .isInstanceOf(LockHeldException.class);
    }
    lock(sandbox.otherProcess(), LockMode.EXCLUSIVE).close();
  }

  @Test
  void lock_heldByTheSameThread_canBeTakenAgain() throws IOException {
    Services services = sandbox.services();
    try (Lease outer = lock(services, LockMode.EXCLUSIVE)) {
      lock(services, LockMode.EXCLUSIVE).close();
      assertThatThrownBy(() -> lock(sandbox.otherProcess(), LockMode.EXCLUSIVE))
          .isInstanceOf(LockHeldException.class);
    }
  }

  @Test
  void lock_twoHomesOneProject_oneAtATime() throws IOException {
    Environment e = sandbox.otherEnvironment();
    Home second = new Home(sandbox.userHome().resolve("second-home"));
    sandbox.write(second.config(), "{\"safety\": {\"lock_timeout_seconds\": 0}}");
    Environment other = withHome(e, second);
    try (Lease held = lock(sandbox.services(), LockMode.EXCLUSIVE);
        Services services = Services.in(other)) {
      assertThatThrownBy(() -> lock(services, LockMode.EXCLUSIVE))
          .isInstanceOf(LockHeldException.class)
          .hasMessageContaining(".claude");
      services.transactions().lock(List.of(), LockMode.EXCLUSIVE).close();
    }
  }

  @Test
  void lock_interruptedWhileWaiting_saysSoAndTakesNothing() throws Exception {
    sandbox.settings("{\"safety\": {\"lock_timeout_seconds\": 60}}");
    Services other = sandbox.otherProcess();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    AtomicBoolean stillInterrupted = new AtomicBoolean();
    try (Lease held = lock(sandbox.services(), LockMode.EXCLUSIVE)) {
      assertThat(held).isNotNull();
      Thread waiting =
          Thread.ofPlatform()
              .start(
                  () -> {
                    failure.set(catchThrowable(() -> lock(other, LockMode.EXCLUSIVE)));
                    stillInterrupted.set(Thread.currentThread().isInterrupted());
                  });
      while (waiting.getState() != Thread.State.TIMED_WAITING) {
        Thread.sleep(1);
      }
      waiting.interrupt();
      waiting.join();
    }
    // Which of them depends on where it was met.
    assertThat(failure.get())
        .isInstanceOfAny(InterruptedIOException.class, ClosedByInterruptException.class);
    assertThat(stillInterrupted).isTrue();
    lock(sandbox.otherProcess(), LockMode.EXCLUSIVE).close();
  }

  @Test
  void lock_freedWhileWaiting_isTaken() throws Exception {
    sandbox.settings("{\"safety\": {\"lock_timeout_seconds\": 60}}");
    Services other = sandbox.otherProcess();
    Lease held = lock(sandbox.services(), LockMode.EXCLUSIVE);
    CompletableFuture<Void> waiting =
        CompletableFuture.runAsync(
            () -> {
              try (Lease got = lock(other, LockMode.EXCLUSIVE)) {
                assertThat(got).isNotNull();
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    assertThat(waiting).isNotDone();
    held.close();
    waiting.get(60, TimeUnit.SECONDS);
  }

  @Test
  void lock_anotherThreadOfTheProcessWaits_canBeFreed() throws Exception {
    sandbox.settings("{\"safety\": {\"lock_timeout_seconds\": 3}}");
    Services services = sandbox.services();
    Lease held = lock(services, LockMode.EXCLUSIVE);
    FutureTask<Boolean> taking =
        new FutureTask<>(
            () -> {
              lock(services, LockMode.EXCLUSIVE).close();
              return true;
            });
    Thread waiting = Thread.ofPlatform().start(taking);
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    held.close();
    assertThat(taking.get(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void lock_ownerFileLeftByADeadProcess_blocksNobody() throws IOException {
    sandbox.write(sandbox.home().lockOwner(), "{\"format\": 1, \"pid\": 1, \"command\": \"x\"}");
    lock(sandbox.services(), LockMode.EXCLUSIVE).close();
    assertThat(Files.exists(sandbox.home().lock())).isTrue();
  }

  @Test
  void lock_sharedWhereNothingIsYet_makesNothing() throws IOException {
    Path home = sandbox.userHome().resolve("no-home");
    try (Services services = Services.in(withHome(sandbox.environment(), new Home(home)));
        Lease reading = services.transactions().lock(List.of(), LockMode.SHARED)) {
      assertThat(reading).isNotNull();
    }
    assertThat(home).doesNotExist();
  }

  @Test
  void lock_sharedHeld_cannotBecomeExclusive() throws IOException {
    Services services = sandbox.services();
    try (Lease shared = lock(services, LockMode.SHARED)) {
      assertThatThrownBy(() -> lock(services, LockMode.EXCLUSIVE))
          .isInstanceOf(IllegalStateException.class);
    }
    try (Lease exclusive = lock(services, LockMode.EXCLUSIVE);
        Lease reading = lock(services, LockMode.SHARED)) {
      assertThat(reading).isNotNull();
      assertThatThrownBy(() -> lock(sandbox.otherProcess(), LockMode.SHARED))
          .isInstanceOf(LockHeldException.class);
    }
  }

  @Test
  void lock_exclusive_foldersThatAKillLeftAreSweptAndThoseInUseStay() throws IOException {
    Path staging = sandbox.home().staging();
    Path dead = staging.resolve("release-dead");
    sandbox.write(dead.resolve("hooks").resolve("x.sh"), "left");
    Path used = staging.resolve("restore-used");
    sandbox.write(used.resolve("0"), "in use");
    PlatformFiles other = sandbox.otherProcess().environment().platform();
    try (Lease user = other.tryFlock(used, LockMode.EXCLUSIVE).orElseThrow()) {
      lock(sandbox.services(), LockMode.SHARED).close();
      assertThat(dead).exists();
      lock(sandbox.services(), LockMode.EXCLUSIVE).close();
      assertThat(dead).doesNotExist();
      assertThat(used.resolve("0")).exists();
      assertThat(user).isNotNull();
    }
    lock(sandbox.restart().services(), LockMode.EXCLUSIVE).close();
    assertThat(staging).isEmptyDirectory();
  }

  private static Environment withHome(Environment e, Home home) {
    return new Environment(
        home,
        e.stravinskyHome(),
        e.userHome(),
        e.workingDirectory(),
        e.installation(),
        e.variables(),
        e.clock(),
        e.ids(),
        e.hostname(),
        e.user(),
        e.command(),
        e.platform());
  }

  private Lease lock(Services services, LockMode mode) throws IOException {
    return services.transactions().lock(List.of(target), mode);
  }
}
