package dev.stravinsky.api.error;

import java.util.List;

/** A backup, the journal or the trail is not what was written. Nothing was moved or deleted. */
public final class DamagedException extends StravinskyException {
  private static final long serialVersionUID = 1L;

  public DamagedException(Problem problem) {
    super(ExitStatus.DAMAGED, problem);
  }

  public DamagedException(List<Problem> problems) {
    super(ExitStatus.DAMAGED, problems, null);
  }

  public DamagedException(Problem problem, Throwable cause) {
    super(ExitStatus.DAMAGED, problem, cause);
  }
}
