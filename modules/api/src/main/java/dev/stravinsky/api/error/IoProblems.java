package dev.stravinsky.api.error;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Gives an {@link IOException} its row of the error matrix and a sentence for people. */
public final class IoProblems {
  private IoProblems() {}

  /** The problem with the file that the exception names, if it names one. */
  public static Problem of(IOException failure, Path anyPath) {
    Problem problem = Problem.of(kind(failure), sentence(failure));
    return file(failure)
        .map(name -> problem.inFile(anyPath.getFileSystem().getPath(name)))
        .orElse(problem);
  }

  /** The kind by exception type and by the operating system's own words. */
  public static ErrorKind kind(IOException failure) {
    String words = reason(failure).toLowerCase(Locale.ROOT);
    if (words.contains("no space left")
        || words.contains("quota exceeded")
        || words.contains("out of disk space")) {
      return ErrorKind.DISK_FULL;
    }
    if (failure instanceof AccessDeniedException
        || words.contains("permission denied")
        || words.contains("operation not permitted")
        || words.contains("read-only file system")) {
      return ErrorKind.PERMISSION_DENIED;
    }
    if (words.contains("resource temporarily unavailable")
        || words.contains("being used by")
        || words.contains("text file busy")) {
      return ErrorKind.FILE_LOCKED;
    }
    return ErrorKind.UNKNOWN;
  }

  private static String sentence(IOException failure) {
    return switch (failure) {
      case NoSuchFileException missing -> "no such file or directory";
      case AccessDeniedException denied -> "permission denied";
      default -> reason(failure);
    };
  }

  private static String reason(IOException failure) {
    if (failure instanceof FileSystemException named && named.getReason() != null) {
      return named.getReason();
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  private static Optional<String> file(IOException failure) {
    return failure instanceof FileSystemException named
        ? Optional.ofNullable(named.getFile())
        : Optional.empty();
  }
}
