package dev.stravinsky.chaos;

import java.util.Locale;

/** How much is tried. */
enum Suite {
  /** Each cell in one place: seconds. */
  SMOKE(new Effort(1, 2, 1, Effort.Depth.NONE), 4),
  /** Each cell in many places, each moment of a power cut: minutes. */
  CI(new Effort(48, Integer.MAX_VALUE, 4, Effort.Depth.BUILD), 100),
  /** Each cell in each place, each second power cut with each loss: hours. */
  FULL(Effort.ALL, 10_000),
  /** What {@code ci} tries with one seed after the other, until the time is over. */
  SOAK(CI.effort, 2_000);

  private final Effort effort;
  private final int sequences;

  Suite(Effort effort, int sequences) {
    this.effort = effort;
    this.sequences = sequences;
  }

  Effort effort() {
    return effort;
  }

  /** How many random sequences of commands are played beside the matrix. */
  int sequences() {
    return sequences;
  }

  /** As it is typed. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
