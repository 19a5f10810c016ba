package dev.stravinsky.chaos;

import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;

/** One fault in one place, for one run of one command. */
interface Strike {
  /** Where, for the report; with the scenario's name and the seed it can be repeated. */
  String position();

  /** Sets the trap: everything is prepared, the command is about to be typed. */
  void arm(Sandbox sandbox) throws IOException;

  /** Whether it took place; asked after the command has ended. */
  boolean fired(Sandbox sandbox);

  /** Ends the nuisance: there is room again, the other program has ended. */
  void disarm(Sandbox sandbox) throws IOException;
}
