package dev.stravinsky.transaction;

import java.io.IOException;
import java.util.Optional;

/** What failed of several things that are all to be tried. */
final class Failures {
  private Optional<Exception> first = Optional.empty();

  /** One of the things. */
  interface Attempt {
    void run() throws IOException;
  }

  /** Tries it; whether it succeeded. */
  boolean collect(Attempt attempt) {
    try {
      attempt.run();
      return true;
    } catch (IOException | RuntimeException e) {
      first.ifPresentOrElse(earlier -> earlier.addSuppressed(e), () -> first = Optional.of(e));
      return false;
    }
  }

  /** Throws what failed first, all others suppressed in it; returns if nothing did. */
  void throwFirst() throws IOException {
    if (first.isEmpty()) {
      return;
    }
    switch (first.get()) {
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      default -> throw new AssertionError(first.get());
    }
  }
}
