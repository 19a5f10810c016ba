package dev.stravinsky.validator.external;

import java.util.Optional;

/** The plugin host ended, or was ended because it hung, while something was asked of it. */
final class HostEndedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Optional<String> starting;
  private final boolean alone;

  /**
   * @param how a sentence: what the host did
   * @param starting what it was starting, a plugin's URI, if it had not finished to start
   * @param alone whether only one thing was asked of it, which then is at fault
   */
  HostEndedException(String how, Optional<String> starting, boolean alone) {
    super(how);
    this.starting = starting;
    this.alone = alone;
  }

  Optional<String> starting() {
    return starting;
  }

  boolean alone() {
    return alone;
  }
}
