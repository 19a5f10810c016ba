package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Completion;
import dev.stravinsky.cli.Session;
import picocli.CommandLine;

/** {@code stravinsky completion}. */
@CommandLine.Command(
    description = "Print completion for bash and zsh.",
    footer = {"", "Use it with:  source <(stravinsky completion)"})
public final class CompletionCommand extends Command {
  public CompletionCommand(Session session) {
    super(session);
  }

  @Override
  ExitStatus run() {
    output().results().print(Completion.script(session()));
    return ExitStatus.DONE;
  }
}
