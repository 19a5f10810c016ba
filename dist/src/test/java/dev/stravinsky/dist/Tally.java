package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Counts what became of a suite's cases, and says it in one line. */
final class Tally {
  private final String suite;
  private final long seed = Long.getLong("stravinsky.seed", System.nanoTime());
  private final List<String> violations = new ArrayList<>();
  private int old;
  private int fresh;
  private int interrupted;

  Tally(String suite) {
    this.suite = suite;
    System.out.println(suite + ": -Dstravinsky.seed=" + seed);
  }

  Random random() {
    return new Random(seed);
  }

  /** How often the state was the old one. */
  int old() {
    return old;
  }

  int count() {
    return old + fresh;
  }

  /** Adds a case whose next command was typed. */
  synchronized void add(String what, Aftermath aftermath) {
    if (aftermath.isNew()) {
      fresh++;
    } else {
      old++;
    }
    interrupted += aftermath.interrupted() ? 1 : 0;
    for (String violation : aftermath.violations()) {
      violation(what + ": " + violation);
    }
  }

  synchronized void violation(String violation) {
    violations.add(violation);
    System.out.println(suite + ": VIOLATION " + violation);
  }

  /** Prints the line, and fails on any violation. */
  void sum(String counts) {
    System.out.printf(
        "%s: %s, old %d, new %d, in transaction %d, violations %d%n",
        suite, counts, old, fresh, interrupted, violations.size());
    assertThat(violations).as("seed %d", seed).isEmpty();
  }
}
