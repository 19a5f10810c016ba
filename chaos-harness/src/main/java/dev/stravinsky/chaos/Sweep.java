package dev.stravinsky.chaos;

import dev.stravinsky.chaos.Effort.Depth;
import dev.stravinsky.testkit.fs.Errno;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Everything that can happen to one command: a power cut in place of each operation that changes
 * something, with each loss; a second one in place of each operation of what recovers from it; and
 * each error in each place.
 *
 * @param depth how thorough
 */
record Sweep(Operation operation, Depth depth) {
  /** What a disk, its modes and the process can refuse; the others are taken the same way. */
  private static final Set<Errno> ERRORS =
      EnumSet.of(Errno.ENOSPC, Errno.EIO, Errno.EACCES, Errno.EROFS, Errno.EMFILE);

  private static final int RETRIED_PLACES = 4;

  SweepReport run() throws IOException {
    try (World world = Crew.alone(() -> World.of(operation))) {
      CrashTrials crashes = new CrashTrials(world, new Effort(0, Integer.MAX_VALUE, 1, depth));
      crashes.run();
      List<Trial> refusals = new ArrayList<>();
      for (Errno errno : ERRORS) {
        refusals.addAll(refusals(world, errno));
      }
      List<Trial> bad = new ArrayList<>(crashes.failed());
      refusals.stream().filter(trial -> !trial.held()).forEach(bad::add);
      return new SweepReport(
          operation,
          crashes.points(),
          crashes.pointsTried(),
          crashes.states(),
          crashes.secondStates(),
          refusals.size(),
          (int) refusals.stream().filter(Trial::fired).count(),
          bad.stream()
              .flatMap(t -> t.violations().stream().map(v -> t.place() + ": " + v))
              .toList());
    }
  }

  private List<Trial> refusals(World world, Errno errno) throws IOException {
    StrikeTrials trials =
        new StrikeTrials(world, FaultKind.IO_ERROR, OperationFaults.failing(errno), 0);
    List<Callable<Trial>> tasks = new ArrayList<>();
    for (int i = 0; i < trials.places(); i++) {
      int place = i;
      // To type the command again costs most; a build does so after a part of the places.
      boolean retried = depth == Depth.ALL || errno == Errno.ENOSPC && place % RETRIED_PLACES == 0;
      tasks.add(() -> trials.strike(place, retried, Watcher.NOBODY));
    }
    return Crew.all(tasks);
  }
}
