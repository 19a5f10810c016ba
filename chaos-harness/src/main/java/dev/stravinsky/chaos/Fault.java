package dev.stravinsky.chaos;

import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * A way in which the world goes wrong, and everywhere that it can.
 *
 * @param places lists every place, given the prepared world and a clean run of it
 * @param aftermath what can be asked for afterwards
 */
record Fault(Places places, Aftermath aftermath) {

  /** What can be asked for once the nuisance has ended. */
  enum Aftermath {
    /** The same command succeeds. */
    HEALS("all is old or new at once or after the next command, and then the command succeeds"),
    /** A nuisance that no command has to give up for: it is done at once. */
    DOES_NOT_MATTER("the command succeeds all the same"),
    /** Bytes that were damaged stay so: all is old or new, and nothing more. */
    STAYS_DAMAGED("all is old or new, and what is said of it is true"),
    /**
     * Bytes in the transaction's own hands changed, which nobody can tell from another program that
     * writes through an open descriptor: such bytes may be live, if the command said it was not
     * done.
     */
    LOOKS_FOREIGN("all is old or new, but for the damaged bytes if nothing is said to be done"),
    /** Another program wrote a file: its bytes are kept, and all else is old or new. */
    SOMEBODY_WROTE("all is old or new but for what the other program wrote, which is not lost"),
    /** The journal cannot be read: both sides are on the disk, and a person is told. */
    NEEDS_A_PERSON("both sides are on the disk");

    private final String asked;

    Aftermath(String asked) {
      this.asked = asked;
    }

    /** The same, for people. */
    String asked() {
      return asked;
    }

    /** Whether nothing of it is left once it has ended. */
    boolean passes() {
      return this == HEALS || this == DOES_NOT_MATTER;
    }
  }

  /** Finds every place; the same ones each time, given the same random numbers. */
  @FunctionalInterface
  interface Places {
    List<Strike> in(Sandbox prepared, CleanRun clean, Random random) throws IOException;
  }
}
