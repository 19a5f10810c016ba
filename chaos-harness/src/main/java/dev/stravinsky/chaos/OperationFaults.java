package dev.stravinsky.chaos;

import dev.stravinsky.chaos.Fault.Aftermath;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Faults of single operations on the file system. */
final class OperationFaults {
  private static final List<Integer> FEW_BYTES = List.of(1, 511);
  private static final List<Duration> LONG = List.of(Duration.ofMillis(50), Duration.ofSeconds(20));

  private static final Set<Kind> READING = EnumSet.of(Kind.STAT, Kind.OPEN, Kind.READ, Kind.LIST);

  private OperationFaults() {}

  /** Each operation that changes something, and that the error can hit, fails once. */
  static Fault failing(Errno errno) {
    return at(o -> errno.canHit(o.kind()), n -> FaultPlan.failAt(n, errno), false);
  }

  /** From each operation that takes space on, the disk is full. */
  static Fault fullFromThereOn() {
    return at(o -> o.kind().takesSpace(), FaultPlan::fullFrom, true);
  }

  /** From each operation on that needs a writable disk, there is none. */
  static Fault readOnlyFromThereOn() {
    return at(
        o -> Errno.EROFS.canHit(o.kind()),
        n -> FaultPlan.failWhere(o -> o.number() >= n && Errno.EROFS.canHit(o.kind()), Errno.EROFS),
        true);
  }

  /** The process dies in place of each operation that changes something. */
  static Fault killed() {
    return at(o -> true, FaultPlan::killAt, false);
  }

  /** From each write on writes are short, which is no error. */
  static Fault shortWrites() {
    return new Fault(
        (prepared, clean, random) -> {
          List<Strike> strikes = new ArrayList<>();
          for (FileOperation o : clean.operations()) {
            for (int few : FEW_BYTES) {
              if (o.kind() == Kind.WRITE && o.bytes() > few) {
                FaultPlan plan = FaultPlan.shortWhere(w -> isFrom(w, o.number()), few);
                strikes.add(
                    new Planned(
                        "from " + o + " on " + few + " bytes at a time", () -> plan, false, true));
              }
            }
          }
          return strikes;
        },
        Aftermath.DOES_NOT_MATTER);
  }

  /**
   * All writes are short, and then the process dies in the swap: what was not written is missed
   * only by who recovers.
   */
  static Fault shortWritesAndKilled() {
    return new Fault(
        (prepared, clean, random) -> {
          int moments = (int) clean.operations().stream().filter(Swaps::is).count();
          List<Strike> strikes = new ArrayList<>();
          for (int moment = 1; moment <= moments; moment++) {
            for (int few : FEW_BYTES) {
              int which = moment;
              String place = few + " bytes at a time, killed at exchange " + which;
              strikes.add(new Planned(place, () -> shortUntilKilled(few, which), false, false));
            }
          }
          return strikes;
        },
        Aftermath.HEALS);
  }

  /** Short writes are more writes, so that the number of an operation says nothing. */
  private static FaultPlan shortUntilKilled(int few, int which) {
    AtomicLong exchanges = new AtomicLong();
    FaultPlan killed =
        operation ->
            (Swaps.is(operation) && exchanges.incrementAndGet() == which
                    ? FaultPlan.killAt(operation.number())
                    : FaultPlan.NONE)
                .decide(operation);
    return killed.and(FaultPlan.shortWhere(operation -> operation.kind() == Kind.WRITE, few));
  }

  private static boolean isFrom(FileOperation write, long number) {
    return write.kind() == Kind.WRITE && write.number() >= number;
  }

  /**
   * All operations of one kind take long, as the command's own clock shows. A check may then be out
   * of time, and what it was to prove be rolled back.
   */
  static Fault slow() {
    return new Fault(
        (prepared, clean, random) -> {
          List<Strike> strikes = new ArrayList<>();
          for (Kind kind :
              clean.operations().stream().map(FileOperation::kind).distinct().toList()) {
            LONG.forEach(time -> strikes.add(new Slow(kind, time)));
          }
          return strikes;
        },
        Aftermath.HEALS);
  }

  /** Each opening, reading and listing fails once. */
  static Fault failingToRead(Errno errno) {
    return among(o -> READING.contains(o.kind()), errno);
  }

  /** Each opening fails once, for reading as for writing. */
  static Fault failingToOpen(Errno errno) {
    return among(o -> errno.canHit(o.kind()), errno);
  }

  /**
   * Those that change nothing have no number, and checks that run side by side look in any order:
   * so each is told by what it does to which entry, and the how many-th time.
   */
  private static Fault among(Predicate<FileOperation> like, Errno errno) {
    return new Fault(
        (prepared, clean, random) -> {
          Map<String, Integer> times = new TreeMap<>();
          clean.operations().stream()
              .filter(like)
              .forEach(o -> times.merge(what(o), 1, Integer::sum));
          List<Strike> strikes = new ArrayList<>();
          times.forEach(
              (what, count) -> {
                for (int time = 1; time <= count; time++) {
                  strikes.add(refusal(what, time, errno));
                }
              });
          return strikes;
        },
        Aftermath.HEALS);
  }

  private static String what(FileOperation operation) {
    return operation.kind() + " " + operation.path();
  }

  private static Strike refusal(String what, int time, Errno errno) {
    return new Planned(
        what + ", time " + time,
        () -> {
          AtomicLong count = new AtomicLong();
          return FaultPlan.failWhere(
              o -> what(o).equals(what) && count.incrementAndGet() == time, errno);
        },
        false,
        false);
  }

  private static Fault at(
      Predicate<FileOperation> where, LongFunction<FaultPlan> plan, boolean lasts) {
    return new Fault(
        (prepared, clean, random) ->
            clean.operations().stream()
                .filter(o -> o.kind().changes())
                .filter(where)
                .<Strike>map(
                    o ->
                        new Planned(
                            o.toString(), () -> plan.apply(o.number()), isForce(o.kind()), lasts))
                .toList(),
        Aftermath.HEALS);
  }

  private static boolean isForce(Kind kind) {
    return kind == Kind.FORCE || kind == Kind.SYNC;
  }

  /** A plan of the file system, made anew for each run; it has fired when it refused something. */
  record Planned(String position, Supplier<FaultPlan> plan, boolean refusesForce, boolean lasts)
      implements Strike {
    @Override
    public void arm(Sandbox sandbox) {
      sandbox.faults().plan(plan.get());
    }

    @Override
    public boolean fired(Sandbox sandbox) {
      return sandbox.faults().injected() > 0;
    }

    @Override
    public void disarm(Sandbox sandbox) {
      sandbox.faults().plan(FaultPlan.NONE);
    }
  }

  /** Time passes on the sandbox's clock and nowhere else. */
  private record Slow(Kind kind, Duration each, AtomicLong waited) implements Strike {
    Slow(Kind kind, Duration each) {
      this(kind, each, new AtomicLong());
    }

    @Override
    public String position() {
      return "each " + kind + " takes " + each;
    }

    @Override
    public void arm(Sandbox sandbox) {
      waited.set(0);
      sandbox
          .faults()
          .sleeper(
              time -> {
                waited.incrementAndGet();
                sandbox.clock().advance(time);
              });
      sandbox.faults().plan(FaultPlan.slow(Map.of(kind, each)));
    }

    @Override
    public boolean fired(Sandbox sandbox) {
      return waited.get() > 0;
    }

    @Override
    public void disarm(Sandbox sandbox) {
      sandbox.faults().plan(FaultPlan.NONE);
    }
  }
}
