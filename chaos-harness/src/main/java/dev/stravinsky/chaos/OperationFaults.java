package dev.stravinsky.chaos;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/** Faults of single operations on the file system. */
final class OperationFaults {
  private OperationFaults() {}

  /** Each operation that changes something fails once. */
  static Fault failing(String name, Errno errno) {
    return at(name, o -> true, n -> FaultPlan.failAt(n, errno));
  }

  /** From each operation that takes space on, the disk is full. */
  static Fault fullFromThereOn(String name) {
    return at(name, o -> o.kind().takesSpace(), FaultPlan::fullFrom);
  }

  /** The process dies in place of each operation that changes something. */
  static Fault killed(String name) {
    return at(name, o -> true, FaultPlan::killAt);
  }

  private static Fault at(
      String name, Predicate<FileOperation> where, LongFunction<FaultPlan> plan) {
    return new Fault(
        name,
        (prepared, clean, random) ->
            clean.operations().stream()
                .filter(o -> o.kind().changes())
                .filter(where)
                .<Strike>map(o -> new Planned(o.toString(), plan.apply(o.number())))
                .toList(),
        Fault.Aftermath.HEALS);
  }

  /** A plan of the file system; it has fired when it refused something. */
  record Planned(String position, FaultPlan plan) implements Strike {
    @Override
    public void arm(Sandbox sandbox) {
      sandbox.faults().plan(plan);
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

  /** Positions thinned to about {@code most}, evenly, for runs that must be short. */
  static List<Strike> thinned(List<Strike> all, int most) {
    if (all.size() <= most) {
      return all;
    }
    return java.util.stream.IntStream.range(0, most)
        .mapToObj(i -> all.get((int) ((long) i * all.size() / most)))
        .toList();
  }
}
