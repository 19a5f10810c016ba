package dev.stravinsky.api.error;

import java.util.List;

/**
 * Words or values that a person typed or wrote into a file cannot be taken; all of them at once.
 */
public final class UsageException extends StravinskyException {
  private static final long serialVersionUID = 1L;

  public UsageException(Problem problem) {
    super(ExitStatus.USAGE, problem);
  }

  public UsageException(List<Problem> problems) {
    super(ExitStatus.USAGE, problems, null);
  }
}
