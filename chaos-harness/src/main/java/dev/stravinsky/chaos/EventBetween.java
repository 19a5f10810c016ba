package dev.stravinsky.chaos;

import dev.stravinsky.api.Services;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Another command that appends an event of its own, which the home's lock does not keep it from; at
 * once, or after the machine has slept so long that the log is due for rotation.
 */
final class EventBetween {
  private static final Duration SLEEP = Duration.ofDays(100);

  private EventBetween() {}

  /** Wherever the command does not append itself: the trail's lock is free there. */
  static Fault anywhere() {
    return new Fault(
        (prepared, clean, random) ->
            clean.operations().stream()
                .filter(o -> o.kind().changes() && !isOfTheTrail(o))
                .<Strike>mapMulti(
                    (o, strikes) -> {
                      strikes.accept(new Appended(o.toString(), o.number(), Duration.ZERO));
                      strikes.accept(new Appended(o + ", asleep", o.number(), SLEEP));
                    })
                .toList(),
        Fault.Aftermath.HEALS);
  }

  private static boolean isOfTheTrail(FileOperation operation) {
    return operation.path().toString().contains("/audit");
  }

  /** One event, by another process. */
  private record Appended(
      String position, long moment, Duration sleep, AtomicReference<Optional<Ending>> ending)
      implements Strike {
    Appended(String position, long moment, Duration sleep) {
      this(position, moment, sleep, new AtomicReference<>(Optional.empty()));
    }

    /** After a long sleep a check may be out of time. */
    @Override
    public boolean isToBeGotOver() {
      return sleep.isZero();
    }

    @Override
    public void arm(Sandbox sandbox) {
      ending.set(Optional.empty());
      sandbox
          .faults()
          .plan(
              now -> {
                if (now.number() == moment) {
                  append(sandbox);
                }
                return FaultPlan.NONE.decide(now);
              });
    }

    private void append(Sandbox sandbox) {
      try {
        sandbox
            .faults()
            .undisturbed(
                () -> {
                  sandbox.clock().advance(sleep);
                  try (Services other = Services.in(sandbox.otherEnvironment())) {
                    ending.set(Optional.of(Ending.of(() -> new Commands(other).append())));
                  }
                  return List.of();
                });
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public boolean fired(Sandbox sandbox) {
      return ending.get().filter(e -> e.kind() == Ending.Kind.DONE).isPresent();
    }

    @Override
    public void disarm(Sandbox sandbox) {
      sandbox.faults().plan(FaultPlan.NONE);
    }
  }
}
