package dev.stravinsky.api.error;

import java.nio.file.Path;
import java.util.List;

/**
 * Somebody changed files between the backup and the swap, or in the moment of the swap. Their bytes
 * stay live; everything else was undone.
 */
public final class ConcurrentChangeException extends StravinskyException {
  private static final long serialVersionUID = 1L;

  private final transient List<Path> files;

  /** At least one file. */
  public ConcurrentChangeException(List<Path> files) {
    super(
        ExitStatus.BLOCKED, files.stream().map(ConcurrentChangeException::problem).toList(), null);
    this.files = List.copyOf(files);
  }

  /** The files that changed. */
  public List<Path> files() {
    return files;
  }

  private static Problem problem(Path file) {
    return Problem.of(
            ErrorKind.FILE_LOCKED, "changed by another program while it was to be replaced")
        .inFile(file)
        .leaving("the other program's content is live, everything else is as it was")
        .next("type the command again when the other program has ended");
  }
}
