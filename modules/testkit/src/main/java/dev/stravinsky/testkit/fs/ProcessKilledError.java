package dev.stravinsky.testkit.fs;

/**
 * Thrown in place of the death of the process. An error, so that nobody handles it; and a program
 * that tries to clean up meets it again at its next operation, as a dead one could not clean up.
 */
public final class ProcessKilledError extends Error {
  private static final long serialVersionUID = 1L;

  ProcessKilledError(String where) {
    super("killed at " + where);
  }
}
