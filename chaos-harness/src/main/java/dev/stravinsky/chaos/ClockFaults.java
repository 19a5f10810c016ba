package dev.stravinsky.chaos;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.SandboxClock;
import dev.stravinsky.testkit.fs.FaultPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Clocks that jump while the command is at work. */
final class ClockFaults {
  private static final Instant END_OF_32_BITS = Instant.parse("2038-01-19T03:14:07Z");
  private static final Instant LEAP_DAY = Instant.parse("2028-02-29T23:59:59Z");

  private ClockFaults() {}

  /** A day back. */
  static Fault back() {
    return jumping(Optional.empty(), Duration.ofDays(-1));
  }

  /** The command begins one second before, and goes on after, the end of 32 bits. */
  static Fault to2038() {
    return jumping(Optional.of(END_OF_32_BITS), Duration.ofSeconds(1));
  }

  /** In Unix time a leap second is a second that comes twice. */
  static Fault leap() {
    return jumping(Optional.of(LEAP_DAY), Duration.ofSeconds(-1));
  }

  private static Fault jumping(Optional<Instant> begin, Duration by) {
    return new Fault(
        (prepared, clean, random) ->
            clean.operations().stream()
                .filter(o -> o.kind().changes())
                .<Strike>map(o -> new Jump(o.toString(), o.number(), begin, by))
                .toList(),
        Fault.Aftermath.DOES_NOT_MATTER);
  }

  /** A clock that stands still but for one jump. */
  private record Jump(
      String position, long moment, Optional<Instant> begin, Duration by, AtomicInteger jumps)
      implements Strike {
    Jump(String position, long moment, Optional<Instant> begin, Duration by) {
      this(position, moment, begin, by, new AtomicInteger());
    }

    @Override
    public void arm(Sandbox sandbox) {
      jumps.set(0);
      SandboxClock clock = sandbox.clock();
      begin.ifPresent(clock::stopAt);
      sandbox
          .faults()
          .plan(
              now -> {
                if (now.number() == moment) {
                  clock.advance(by);
                  jumps.incrementAndGet();
                }
                return FaultPlan.NONE.decide(now);
              });
    }

    @Override
    public boolean fired(Sandbox sandbox) {
      return jumps.get() == 1;
    }

    @Override
    public void disarm(Sandbox sandbox) {
      sandbox.faults().plan(FaultPlan.NONE);
    }
  }
}
