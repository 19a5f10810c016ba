package dev.stravinsky.cli.command;

import picocli.CommandLine.Option;

/** {@code --dry-run}. */
final class DryRunOption {
  @Option(
      names = {"-n", "--dry-run"},
      description = "Say what would happen, change nothing.")
  private boolean asked;

  boolean asked() {
    return asked;
  }
}
