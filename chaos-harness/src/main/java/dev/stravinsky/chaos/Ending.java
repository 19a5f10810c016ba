package dev.stravinsky.chaos;

import dev.stravinsky.api.error.LockHeldException;
import dev.stravinsky.api.error.RollbackFailedException;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.testkit.fs.ProcessKilledError;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What a command said of itself.
 *
 * @param kind what it claims
 * @param detail for the report
 */
record Ending(Kind kind, String detail) {
  /** What a command can claim. */
  enum Kind {
    /** The new state is live. */
    DONE,
    /** The old state is live. */
    NOT_DONE,
    /** Nothing was tried: another command has the lock. */
    LOCKED,
    /** Neither could be had: it failed, and so did its undoing. */
    CRITICAL,
    /** It is no more. */
    KILLED,
    /** An exception that is no sentence for people. */
    BROKE
  }

  /** A command that returns its result or throws. */
  @FunctionalInterface
  interface Command {
    Ending run() throws IOException;
  }

  static Ending of(Command command) {
    try {
      return command.run();
    } catch (ProcessKilledError e) {
      return new Ending(Kind.KILLED, e.getMessage());
    } catch (LockHeldException e) {
      return new Ending(Kind.LOCKED, e.getMessage());
    } catch (RollbackFailedException e) {
      return new Ending(Kind.CRITICAL, e.toString());
    } catch (StravinskyException | IOException | UncheckedIOException e) {
      return new Ending(Kind.NOT_DONE, e.toString());
    } catch (RuntimeException | Error e) {
      return wasKilled(e)
          ? new Ending(Kind.KILLED, e.toString())
          : new Ending(Kind.BROKE, e + " at " + firstFrame(e));
    }
  }

  private static boolean wasKilled(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof ProcessKilledError) {
        return true;
      }
    }
    return false;
  }

  private static String firstFrame(Throwable failure) {
    return failure.getStackTrace().length == 0 ? "?" : failure.getStackTrace()[0].toString();
  }
}
