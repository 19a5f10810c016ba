package dev.stravinsky.update;

import java.io.IOException;

/** Removes from staging what is no longer needed. */
final class Disposal {
  private Disposal() {}

  /** A removal. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  /** What stays takes space and nothing else: a failure must not deny what was done before. */
  static void attempt(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      // The result was decided before.
    }
  }
}
