package dev.stravinsky.testkit.chaos;

import dev.stravinsky.testkit.fs.FaultFileSystem;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation;
import java.util.Optional;

/** What goes wrong in one run. */
interface Strike {
  /** For people. */
  String name();

  Optional<ChaosFault> fault();

  /** For one run; what it counts begins anew. */
  FaultPlan planFor(FaultFileSystem files);

  /** The code under test has ended; the plan is still in force. */
  void ended(FaultFileSystem files);

  /** Why the run proves nothing, if it does not. */
  Optional<String> objection();

  /** How to see this run alone; empty for the one with nothing wrong, which always comes first. */
  Optional<String> id();

  /** Whether an operation is the one that was seen, the how many-th time it may be. */
  static boolean isLike(FileOperation operation, Seen seen) {
    return Seen.what(operation).equals(Seen.what(seen.operation()));
  }
}
