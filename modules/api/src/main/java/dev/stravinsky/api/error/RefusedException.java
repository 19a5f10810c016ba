package dev.stravinsky.api.error;

import java.util.List;

/**
 * An input (a release, an archive, a plugin) breaks a safety rule, for example a name that leads
 * out of its target, or is not what it says. Refused as a whole, with the entries' names; nothing
 * was written.
 */
public final class RefusedException extends StravinskyException {
  private static final long serialVersionUID = 1L;

  public RefusedException(Problem problem) {
    super(ExitStatus.BLOCKED, problem);
  }

  public RefusedException(List<Problem> problems) {
    super(ExitStatus.BLOCKED, problems, null);
  }

  public RefusedException(Problem problem, Throwable cause) {
    super(ExitStatus.BLOCKED, problem, cause);
  }
}
