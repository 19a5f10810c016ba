package dev.stravinsky.validator.external;

import java.io.IOException;

/** A plugin did not do what it was asked for; the message names it and says why. */
final class PluginFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  PluginFailedException(String message) {
    super(message);
  }
}
