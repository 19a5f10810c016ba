package dev.stravinsky.testkit.chaos;

import dev.stravinsky.testkit.fs.FileOperation;

/**
 * An operation of the run with nothing wrong. Those that change nothing have no number, and may
 * come in any order; so each is told by what it does to which entry, and the how many-th time.
 *
 * @param time counted from 1
 * @param size of the regular file that the entry was right before; -1 if it was none
 */
record Seen(FileOperation operation, int time, long size) {
  /** What it does to which entry. */
  static String what(FileOperation operation) {
    return operation.kind() + " " + operation.path();
  }

  @Override
  public String toString() {
    return what(operation) + (time > 1 ? ", time " + time : "");
  }
}
