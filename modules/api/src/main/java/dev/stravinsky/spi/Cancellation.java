package dev.stravinsky.spi;

/** Tells a check that its time is over or the user gave up. */
@FunctionalInterface
public interface Cancellation {
  /** Never. */
  Cancellation NEVER = () -> false;

  /** Asked often by long work, which then returns what it has. */
  boolean requested();
}
