package dev.stravinsky.cli.command;

import dev.stravinsky.cli.command.Arguments.Flag;

/** {@code --json}. */
final class JsonOption {
  private final Flag asked;

  JsonOption(Arguments arguments) {
    this.asked = arguments.flag("Print JSON for programs.", "--json");
  }

  boolean asked() {
    return asked.given();
  }
}
