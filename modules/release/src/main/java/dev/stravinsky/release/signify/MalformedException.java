package dev.stravinsky.release.signify;

/** A file is not one of signify's. */
public final class MalformedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;

  MalformedException(int line, String what) {
    super("line " + line + " " + what);
    this.line = line;
  }

  /** Counted from 1. */
  public int line() {
    return line;
  }
}
