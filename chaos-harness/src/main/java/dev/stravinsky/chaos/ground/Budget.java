package dev.stravinsky.chaos.ground;

import java.util.ArrayList;
import java.util.List;

/**
 * How much is copied: each of thousands of trials has all of it once more in memory. What does not
 * fit is left out and named.
 */
final class Budget {
  private static final long MOST_OF_ONE = 1 << 20;
  private static final int MOST_FILES = 5000;

  private final List<String> leftOut = new ArrayList<>();
  private long bytes = 16 << 20;
  private int files = MOST_FILES;

  /** Whether a file of this size is taken. */
  boolean takes(String name, long size) {
    if (size > MOST_OF_ONE || size > bytes || files == 0) {
      leftOut.add(name);
      return false;
    }
    bytes -= size;
    files--;
    return true;
  }

  /** It is not a file, a folder or a link, and is never opened. */
  void refuse(String name) {
    leftOut.add(name);
  }

  List<String> leftOut() {
    return List.copyOf(leftOut);
  }
}
