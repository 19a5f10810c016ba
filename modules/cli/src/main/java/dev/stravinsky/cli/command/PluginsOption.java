package dev.stravinsky.cli.command;

import dev.stravinsky.cli.command.Arguments.Flag;

/** {@code --no-plugins}. */
final class PluginsOption {
  private final Flag off;

  PluginsOption(Arguments arguments) {
    this.off = arguments.flag("Run without plugins and checks.d, for rescue.", "--no-plugins");
  }

  boolean on() {
    return !off.given();
  }
}
