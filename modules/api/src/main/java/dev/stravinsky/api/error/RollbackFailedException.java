package dev.stravinsky.api.error;

import java.util.List;

/**
 * The undoing of a change failed: both sides are still on disk, the journal stays, and a person has
 * to act. Exit status 8.
 */
public final class RollbackFailedException extends StravinskyException {
  private static final long serialVersionUID = 1L;

  public RollbackFailedException(Problem problem, Throwable cause) {
    super(ExitStatus.CRITICAL, List.of(problem), cause);
  }
}
