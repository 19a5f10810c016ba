package dev.stravinsky.testkit.fs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;

/** Errors of the operating system, with Linux's words and the JDK's exceptions. */
public enum Errno {
  ENOSPC("No space left on device"),
  EDQUOT("Disk quota exceeded"),
  EIO("Input/output error"),
  EACCES("Permission denied"),
  EPERM("Operation not permitted"),
  EROFS("Read-only file system"),
  EMFILE("Too many open files"),
  EBUSY("Device or resource busy"),
  ENOLCK("No locks available");

  private final String words;

  Errno(String words) {
    this.words = words;
  }

  /** What {@code strerror} says. */
  public String words() {
    return words;
  }

  /** The exception for an operation on paths. */
  IOException on(Path path, Optional<Path> other) {
    String second = other.map(Path::toString).orElse(null);
    return this == EACCES
        ? new AccessDeniedException(path.toString(), second, null)
        : new FileSystemException(path.toString(), second, words);
  }

  /** The exception for an operation on an open file, which in the JDK names no path. */
  IOException onOpenFile() {
    return new IOException(words);
  }
}
