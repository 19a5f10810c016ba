package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.api.update.RollbackRequest;
import dev.stravinsky.api.update.RollbackResult;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Flag;
import java.io.IOException;
import java.util.Locale;

/** What both ways of rolling back can be told. */
final class RollbackOptions {
  private final Flag exact;
  private final Flag yes;
  private final ScopeOption scope;
  private final DryRunOption dryRun;
  private final JsonOption json;

  RollbackOptions(Arguments arguments) {
    this.exact =
        arguments.flag(
            "Also remove and restore your own files, to meet the backup exactly.", "--exact");
    this.yes = arguments.flag("Do not ask, where the settings want a confirmation.", "-y", "--yes");
    this.scope = new ScopeOption(arguments);
    this.dryRun = new DryRunOption(arguments);
    this.json = new JsonOption(arguments);
  }

  ExitStatus run(Session session, Rollback rollback) throws IOException {
    if (dryRun.asked()) {
      session.reportInterrupted();
    } else {
      session.finishInterrupted(scope.of(session));
      confirm(session);
    }
    RollbackRequest request =
        new RollbackRequest(scope.of(session), exact.given(), session.plugins(), dryRun.asked());
    return new RollbackOutput(session.output(), json.asked()).print(rollback.start(request));
  }

  /** A script cannot answer, so it has to say yes beforehand. */
  private void confirm(Session session) throws IOException {
    boolean wanted = session.services().settings().safety().requireManualConfirmationForRollback();
    if (!wanted || yes.given()) {
      return;
    }
    if (session.output().isTerminal()) {
      String answer = System.console().readLine("Roll back? [y/N] ");
      if (answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
        return;
      }
    }
    throw new UsageException(
        Problem.of(ErrorKind.UNKNOWN, "the settings want a rollback to be confirmed")
            .leaving("nothing was changed")
            .next("add --yes to the command"));
  }

  /** The rollback itself. */
  @FunctionalInterface
  interface Rollback {
    RollbackResult start(RollbackRequest request) throws IOException;
  }
}
