package dev.stravinsky.cli.command;

import dev.stravinsky.api.Services;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.output.Output;
import dev.stravinsky.cli.output.Table;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** What all commands share: they parse, call one service, print. */
public abstract class Command implements Callable<Integer> {
  private final Session session;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final Arguments arguments = new Arguments(spec);

  /**
   * @param description what it does, a sentence
   * @param footer lines below its help
   */
  Command(Session session, String description, String... footer) {
    this.session = session;
    spec.usageMessage().description(description).footer(footer);
  }

  /** Does the command's work and says how it ended. */
  abstract ExitStatus run() throws IOException;

  @Override
  public final Integer call() throws IOException {
    return run().code();
  }

  /** Its place in the command line. */
  public final CommandSpec spec() {
    return spec;
  }

  /** To declare what it takes. */
  final Arguments arguments() {
    return arguments;
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
