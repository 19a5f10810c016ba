package dev.stravinsky.chaos;

import java.util.Locale;

/** How much is tried. */
enum Suite {
  /** Each cell in one place: seconds. */
  SMOKE(new Effort(1, 2, 1, Effort.Depth.NONE)),
  /** Each cell in many places, each moment of a power cut: minutes. */
  CI(new Effort(48, Integer.MAX_VALUE, 4, Effort.Depth.BUILD)),
  /** Each cell in each place, each second power cut with each loss: hours. */
  FULL(Effort.ALL),
  /** What {@code ci} tries with one seed after the other, until the time is over. */
  SOAK(CI.effort);

  private final Effort effort;

  Suite(Effort effort) {
    this.effort = effort;
  }

  Effort effort() {
    return effort;
  }

  /** As it is typed. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
