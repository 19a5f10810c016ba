package dev.stravinsky.chaos.toxiproxy;

/** A toxic on one link: whether it is in force there, since when, and what has passed it. */
final class Dose {
  private final Toxic toxic;
  private final boolean inForce;
  private final long sinceNanos;
  private long passed;

  /**
   * @param dice a number from 0 to 1, exclusively; below the toxicity the toxic is in force
   */
  Dose(Toxic toxic, double dice) {
    this(toxic, dice < toxic.toxicity(), System.nanoTime(), 0);
  }

  private Dose(Toxic toxic, boolean inForce, long sinceNanos, long passed) {
    this.toxic = toxic;
    this.inForce = inForce;
    this.sinceNanos = sinceNanos;
    this.passed = passed;
  }

  /** The same toxic with other attributes: what passed has passed. */
  Dose changedTo(Toxic next, double dice) {
    boolean still = next.toxicity() == toxic.toxicity() ? inForce : dice < next.toxicity();
    return new Dose(next, still, System.nanoTime(), passed);
  }

  Toxic toxic() {
    return toxic;
  }

  boolean isInForce() {
    return inForce;
  }

  boolean is(ToxicType type) {
    return inForce && toxic.type() == type;
  }

  long attribute(String name) {
    return toxic.attribute(name);
  }

  /** Whether it swallows what comes. */
  boolean swallows() {
    return is(ToxicType.TIMEOUT) || is(ToxicType.RESET_PEER);
  }

  /** When it ends the connection; {@link Long#MAX_VALUE} if it does not. */
  long deadlineNanos() {
    if (is(ToxicType.RESET_PEER) || is(ToxicType.TIMEOUT) && attribute("timeout") > 0) {
      return sinceNanos + attribute("timeout") * 1_000_000;
    }
    return Long.MAX_VALUE;
  }

  /** How many bytes may still pass a limit. */
  long left() {
    return Math.max(0, attribute("bytes") - passed);
  }

  void pass(int bytes) {
    passed += bytes;
  }
}
