package dev.stravinsky.chaos;

import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * A way in which the world goes wrong, and everywhere that it can.
 *
 * @param name for the report
 * @param places lists every place, given the prepared world and a clean run of it
 * @param aftermath what can be asked for afterwards
 */
record Fault(String name, Places places, Aftermath aftermath) {

  /** What can be asked for once the nuisance has ended. */
  enum Aftermath {
    /** The same command succeeds. */
    HEALS,
    /** Bytes that were damaged stay so: all is old or new, and nothing more. */
    STAYS_DAMAGED,
    /**
     * Bytes in the transaction's own hands changed, which nobody can tell from another program that
     * writes through an open descriptor: such bytes may be live, if the command said it was not
     * done.
     */
    LOOKS_FOREIGN,
    /** The journal cannot be read: both sides are on the disk, and a person is told. */
    NEEDS_A_PERSON
  }

  /** Finds every place. */
  @FunctionalInterface
  interface Places {
    List<Strike> in(Sandbox prepared, CleanRun clean, Random random) throws IOException;
  }
}
