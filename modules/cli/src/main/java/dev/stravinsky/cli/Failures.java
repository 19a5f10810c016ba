package dev.stravinsky.cli;

import dev.stravinsky.api.Home;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.IoProblems;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.cli.output.Output;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells how a command failed, and which exit status that is. A stack trace only with --debug. */
final class Failures {
  private final Session session;
  private final Output output;

  Failures(Session session) {
    this.session = session;
    this.output = session.output();
  }

  int report(Exception failure) {
    if (session.debug()) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      trace.toString().lines().forEach(output::note);
    }
    return switch (failure) {
      case StravinskyException known -> {
        output.problems(known.problems());
        if (known.exitStatus() == ExitStatus.CRITICAL) {
          critical();
        }
        yield known.exitStatus().code();
      }
      case IOException io -> {
        output.problem(
            IoProblems.of(io, HostEnvironment.workingDirectory()).next("stravinsky status"));
        yield ExitStatus.FAILED.code();
      }
      // What the JDK throws while a directory is being listed.
      case UncheckedIOException io -> report(io.getCause());
      case DirectoryIteratorException io -> report(io.getCause());
      default -> {
        output.problem(
            Problem.of(ErrorKind.UNKNOWN, "this should not have happened: " + failure)
                .leaving("an interrupted change is finished or undone by the next command")
                .next("stravinsky status"));
        output.note("  Type the command again with --debug to see where it came from.");
        yield ExitStatus.FAILED.code();
      }
    };
  }

  int usage(ParameterException mistake) {
    output.problem(
        Problem.of(ErrorKind.UNKNOWN, mistake.getMessage())
            .leaving("nothing was changed")
            .next(mistake.getCommandLine().getCommandSpec().qualifiedName() + " --help"));
    List<String> similar =
        mistake instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    if (!similar.isEmpty()) {
      output.note("  Did you mean: " + String.join(", ", similar) + "?");
    }
    return CommandLine.ExitCode.USAGE;
  }

  /** The quick reference's lines for a rollback that failed, with this machine's paths. */
  private void critical() {
    Home home = session.services().environment().home();
    output.failure("CRITICAL ERROR: Automatic rollback failed");
    output.note("-> Check " + home.operationsLog() + " for details");
    output.note("-> Run: stravinsky recovery emergency");
    output.note("-> Follow manual recovery procedures in RECOVERY_GUIDE.md");
  }
}
