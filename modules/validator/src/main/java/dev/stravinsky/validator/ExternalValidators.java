package dev.stravinsky.validator;

import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Validator;
import java.util.Arrays;
import java.util.List;

/** The checks that run in processes of their own: executables and plugins. */
public interface ExternalValidators {

  /** Starts what takes time to start; returns at once. */
  void warmUp();

  /** No check will be asked for any more; returns at once. */
  void noMoreChecks();

  /**
   * Whether there are any, as far as can be told without waiting for a process.
   *
   * @param plugins whether they are wanted
   */
  boolean any(boolean plugins);

  /**
   * The checks of a phase in a stable order. Each is called on a thread of its own, is told by its
   * context when its time is over, and is reported by name if it throws or does not return.
   *
   * @param plugins whether they are wanted; none of either kind is returned or looked for otherwise
   */
  List<Validator> validators(Phase phase, boolean plugins);

  /** The ids of all of them in the same order. */
  default List<String> ids(boolean plugins) {
    return Arrays.stream(Phase.values())
        .flatMap(phase -> validators(phase, plugins).stream())
        .map(Validator::id)
        .distinct()
        .toList();
  }
}
