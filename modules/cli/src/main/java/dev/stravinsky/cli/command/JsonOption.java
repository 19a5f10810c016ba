package dev.stravinsky.cli.command;

import picocli.CommandLine.Option;

/** {@code --json}. */
final class JsonOption {
  @Option(names = "--json", description = "Print JSON for programs.")
  private boolean asked;

  boolean asked() {
    return asked;
  }
}
