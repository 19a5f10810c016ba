package dev.stravinsky.api.error;

/** What was named (a version, a backup, a file, a release) does not exist. */
public final class NotFoundException extends StravinskyException {
  private static final long serialVersionUID = 1L;

  public NotFoundException(Problem problem) {
    super(ExitStatus.NOT_FOUND, problem);
  }
}
