package dev.stravinsky.cli.command;

import dev.stravinsky.api.backup.TextDifference;
import dev.stravinsky.api.backup.TextDifference.Kind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.update.GuardRequest.Cause;
import dev.stravinsky.api.update.GuardRequest.Ended;
import dev.stravinsky.api.update.GuardResult;
import dev.stravinsky.cli.output.Output;
import dev.stravinsky.cli.output.Shown;
import java.util.List;

/** How a guarded command ended, for people. */
final class GuardOutput {
  private final Output output;
  private final boolean brief;

  GuardOutput(Output output, boolean brief) {
    this.output = output;
    this.brief = brief;
  }

  ExitStatus print(GuardResult result) {
    return switch (result) {
      case GuardResult.Done done -> done(done);
      case GuardResult.RolledBack back -> rolledBack(back);
      case GuardResult.Blocked blocked -> {
        output.problems(blocked.problems());
        output.failure("The command was not run; nothing was changed.");
        yield ExitStatus.BLOCKED;
      }
    };
  }

  private ExitStatus done(GuardResult.Done done) {
    print(done.differences());
    done.warnings().forEach(output::warning);
    output.success("The command ended well, and what it changed stays.");
    output.field("Changed", Shown.count(done.differences().size(), "file"));
    output.field("Backup", done.backup());
    output.field("Took", Shown.seconds(done.took()));
    if (!done.differences().isEmpty()) {
      output.line("To go back: stravinsky rollback to " + done.backup() + " --exact");
    }
    return ExitStatus.DONE;
  }

  private ExitStatus rolledBack(GuardResult.RolledBack back) {
    print(back.differences());
    output.problems(back.problems());
    output.failure("Everything is as it was before the command.");
    back.ended().ifPresent(ended -> output.field("Command", "exit status " + ended.status()));
    output.field("Undone", Shown.count(back.differences().size(), "changed file"));
    back.saved().ifPresent(saved -> output.field("It left", "backup " + saved));
    output.field("Took", Shown.seconds(back.took()));
    if (back.ended().map(Ended::cause).filter(Cause.INTERRUPTED::equals).isPresent()) {
      return ExitStatus.INTERRUPTED;
    }
    return back.ended().isPresent() ? ExitStatus.ROLLED_BACK : ExitStatus.FAILED;
  }

  private void print(List<TextDifference> differences) {
    DifferenceOutput shown = new DifferenceOutput(output, brief);
    differences.forEach(
        each ->
            shown.print(
                brief ? new TextDifference(each.difference(), Kind.NOTHING, List.of()) : each));
  }
}
