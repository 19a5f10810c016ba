package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Completion;
import dev.stravinsky.cli.Session;

/** {@code stravinsky completion}. */
public final class CompletionCommand extends Command {
  public CompletionCommand(Session session) {
    super(
        session,
        "Print completion for bash and zsh.",
        "",
        "Use it with:  source <(stravinsky completion)");
  }

  @Override
  ExitStatus run() {
    output().results().print(Completion.script(session()));
    return ExitStatus.DONE;
  }
}
