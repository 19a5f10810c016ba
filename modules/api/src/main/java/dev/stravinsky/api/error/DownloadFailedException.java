package dev.stravinsky.api.error;

/**
 * Something could not be fetched from where it is: nobody answers, the connection breaks off again
 * and again, the server refuses. Tried as often as makes sense; nothing of it is left behind.
 */
public final class DownloadFailedException extends StravinskyException {
  private static final long serialVersionUID = 1L;

  public DownloadFailedException(Problem problem, Throwable cause) {
    super(ExitStatus.FAILED, problem, cause);
  }

  public DownloadFailedException(Problem problem) {
    super(ExitStatus.FAILED, problem);
  }
}
