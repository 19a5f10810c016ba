package dev.stravinsky.cli.command;

import dev.stravinsky.cli.command.Arguments.Flag;

/** {@code --dry-run}. */
final class DryRunOption {
  private final Flag asked;

  DryRunOption(Arguments arguments) {
    this.asked = arguments.flag("Say what would happen, change nothing.", "-n", "--dry-run");
  }

  boolean asked() {
    return asked.given();
  }
}
