package dev.stravinsky.chaos;

import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.util.Set;

/** One fault in one place, for one run of one command. */
interface Strike {
  /** Where, for the report. */
  String position();

  /** Sets the trap: everything is prepared, the command is about to be typed. */
  void arm(Sandbox sandbox) throws IOException;

  /** Whether it took place; asked after the command has ended. */
  boolean fired(Sandbox sandbox);

  /** Ends the nuisance: there is room again, the other program has ended. */
  void disarm(Sandbox sandbox) throws IOException;

  /** Whether it goes on until it is ended, so that undoing meets it too. */
  default boolean lasts() {
    return false;
  }

  /** Whether the command must not be done while it lasts. */
  default boolean forbids(Operation operation) {
    return false;
  }

  /** Whether the command must be done all the same. */
  default boolean isToBeGotOver() {
    return false;
  }

  /** The digests of what another program wrote, which nobody may lose. */
  default Set<String> brought() {
    return Set.of();
  }

  /** Whether what was {@link #brought} is to be live afterwards, and not only kept. */
  default boolean mustStayLive() {
    return false;
  }

  /** Whether a force is refused, so that what it was to bring to the disk will never be there. */
  default boolean refusesForce() {
    return false;
  }
}
