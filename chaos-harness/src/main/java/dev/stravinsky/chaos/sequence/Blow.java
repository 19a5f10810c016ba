package dev.stravinsky.chaos.sequence;

import java.util.List;

/**
 * A fault that hits a step.
 *
 * @param fault the id of its kind, one of {@link #FAULTS}
 * @param loss which of the losses that a power cut there can mean, counted round and round
 * @param permille how far through the places that the fault has in the step; so it has one whatever
 *     comes before the step
 */
public record Blow(String fault, int loss, int permille) {
  /** A power cut, which alone has losses. */
  public static final String POWER_CUT = "power-cut";

  static final int WHOLE = 1000;

  /** What can be over before the next step; bytes that went bad would stay so. */
  static final List<String> FAULTS =
      List.of(
          POWER_CUT,
          "killed",
          "io-error",
          "disk-full",
          "disk-stays-full",
          "read-error",
          "read-only",
          "permission",
          "no-handles",
          "short-write",
          "lock-held",
          "lock-left",
          "lock-flock");

  /** Which of so many places it hits. */
  public int placeAmong(int places) {
    return (int) ((long) permille * places / WHOLE);
  }

  @Override
  public String toString() {
    String losing = fault.equals(POWER_CUT) ? "." + loss : "";
    return fault + losing + "@" + permille;
  }
}
