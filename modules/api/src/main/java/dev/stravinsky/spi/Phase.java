package dev.stravinsky.spi;

/** When a check runs. */
public enum Phase {
  /** Before anything is done: the live state and the machine. */
  PRE_UPDATE,
  /** The new state in staging, before the swap. */
  STAGED,
  /** The new state, live. */
  POST_UPDATE
}
