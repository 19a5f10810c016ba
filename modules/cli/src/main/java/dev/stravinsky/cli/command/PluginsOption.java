package dev.stravinsky.cli.command;

import picocli.CommandLine.Option;

/** {@code --no-plugins}. */
final class PluginsOption {
  @Option(names = "--no-plugins", description = "Run without plugins and checks.d, for rescue.")
  private boolean off;

  boolean on() {
    return !off;
  }
}
