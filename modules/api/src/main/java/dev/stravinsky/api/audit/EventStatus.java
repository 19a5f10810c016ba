package dev.stravinsky.api.audit;

import java.util.Locale;

/** How the operation of an event ended; written in lower case. */
public enum EventStatus {
  SUCCESS,
  FAILED,
  ROLLED_BACK,
  BLOCKED;

  /** As in the log: {@code rolled_back}. */
  public String written() {
    return name().toLowerCase(Locale.ROOT);
  }
}
