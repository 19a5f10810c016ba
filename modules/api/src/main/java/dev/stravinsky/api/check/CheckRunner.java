package dev.stravinsky.api.check;

import dev.stravinsky.api.ServiceFactory;
import java.util.List;

/**
 * Runs checks: the built-in ones, the executables of {@code checks.d} and those of plugins. Each
 * has its own time limit; a check that throws, hangs or crashes is reported as that check's failure
 * and touches no other.
 */
public interface CheckRunner {

  /** Found by {@link java.util.ServiceLoader}. */
  interface Factory extends ServiceFactory<CheckRunner> {}

  /**
   * Starts what takes time to start (the plugin host), so that it is ready when the first check
   * needs it. Returns at once; does nothing if there is no plugin.
   */
  void warmUp();

  /** Runs the phase's checks and collects what all of them found. */
  default CheckReport run(CheckRequest request) {
    return run(List.of(request)).getFirst();
  }

  /**
   * Runs the phases' checks one phase after the other, and collects what all of them found; a
   * report for each request. Checks that run in this process do not wait for those of an earlier
   * phase that run elsewhere.
   */
  default List<CheckReport> run(List<CheckRequest> requests) {
    return run(requests, () -> {});
  }

  /**
   * The same; while checks that run elsewhere are waited for, the caller's thread has something
   * else to do. It is not done where there are no such checks, or one of this process found
   * something that may block.
   */
  List<CheckReport> run(List<CheckRequest> requests, Runnable meanwhile);

  /** The command will ask for no check any more: what ran them may end beside what follows. */
  void noMoreChecks();

  /** The ids of all checks that there are, in the order in which they are reported. */
  List<String> checkIds(boolean plugins);
}
