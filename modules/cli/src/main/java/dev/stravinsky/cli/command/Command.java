package dev.stravinsky.cli.command;

import dev.stravinsky.api.Services;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.output.Output;
import dev.stravinsky.cli.output.Table;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** What all commands share: they parse, call one service, print. */
abstract class Command implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  private final Session session;

  Command(Session session) {
    this.session = session;
  }

  /** Does the command's work and says how it ended. */
  abstract ExitStatus run() throws IOException;

  @Override
  public final Integer call() throws IOException {
    return run().code();
  }

  Session session() {
    return session;
  }

  Services services() {
    return session.services();
  }

  Output output() {
    return session.output();
  }

  void print(Table table) {
    table.print(output().results(), output().isTerminal());
  }
}
