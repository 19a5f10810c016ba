package dev.stravinsky.chaos;

import dev.stravinsky.api.Services;
import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.SimulatedPlatformFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Faults of locks: others who hold them, who died with them, and commands that meet. */
final class LockFaults {
  private LockFaults() {}

  /** The home's lock is held: by another process or in this one, exclusively or shared. */
  static Fault held() {
    return new Fault(
        (prepared, clean, random) -> {
          List<Strike> strikes = new ArrayList<>();
          for (boolean sameProcess : new boolean[] {true, false}) {
            for (LockMode mode : LockMode.values()) {
              strikes.add(new Held(sameProcess, mode, false));
            }
          }
          return strikes;
        },
        Fault.Aftermath.HEALS);
  }

  /** Whoever held the lock died with it; it must block nobody. */
  static Fault ownerDied() {
    return new Fault(
        (prepared, clean, random) -> List.of(new Held(false, LockMode.EXCLUSIVE, true)),
        Fault.Aftermath.HEALS);
  }

  /** At each operation the same command is typed a second time, in another process. */
  static Fault secondCommand(Operation operation) {
    return new Fault(
        (prepared, clean, random) ->
            clean.operations().stream()
                .filter(o -> o.kind().changes())
                .<Strike>map(o -> new Second(o.toString(), o.number(), operation))
                .toList(),
        Fault.Aftermath.HEALS);
  }

  /** The lock taken beforehand. */
  private record Held(
      boolean sameProcess, LockMode mode, boolean dies, AtomicReference<Optional<Lease>> lease)
      implements Strike {
    Held(boolean sameProcess, LockMode mode, boolean dies) {
      this(sameProcess, mode, dies, new AtomicReference<>(Optional.empty()));
    }

    @Override
    public String position() {
      return mode + (sameProcess ? " in this process" : " in another process");
    }

    @Override
    public void arm(Sandbox sandbox) throws IOException {
      PlatformFiles platform =
          sameProcess ? sandbox.environment().platform() : sandbox.otherEnvironment().platform();
      lease.set(platform.tryLock(sandbox.home().directory().resolve("lock"), mode));
      if (dies && platform instanceof SimulatedPlatformFiles process) {
        process.end();
      }
    }

    @Override
    public boolean forbids(Operation operation) {
      // Who recovers leaves alone what may be the work of whoever has the lock, and is done.
      return !dies
          && !operation.isCrashRecovery()
          && (mode == LockMode.EXCLUSIVE || operation != Operation.VERIFY);
    }

    @Override
    public boolean fired(Sandbox sandbox) {
      return lease.get().isPresent();
    }

    @Override
    public void disarm(Sandbox sandbox) {
      lease.get().ifPresent(Lease::close);
    }
  }

  /** Another whole command in the midst of the first. */
  private record Second(
      String position, long moment, Operation operation, AtomicReference<Optional<Ending>> ending)
      implements Strike {
    Second(String position, long moment, Operation operation) {
      this(position, moment, operation, new AtomicReference<>(Optional.empty()));
    }

    @Override
    public void arm(Sandbox sandbox) {
      sandbox
          .faults()
          .plan(
              now -> {
                if (now.number() == moment) {
                  type(sandbox);
                }
                return FaultPlan.NONE.decide(now);
              });
    }

    private void type(Sandbox sandbox) {
      try {
        sandbox
            .faults()
            .undisturbed(
                () -> {
                  try (Services other = Services.in(sandbox.otherEnvironment())) {
                    ending.set(Optional.of(operation.run(other)));
                  }
                  return null;
                });
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public boolean fired(Sandbox sandbox) {
      Optional<Ending> second = ending.get();
      return second.isPresent() && second.get().kind() != Ending.Kind.BROKE;
    }

    @Override
    public void disarm(Sandbox sandbox) {
      sandbox.faults().plan(FaultPlan.NONE);
    }
  }
}
