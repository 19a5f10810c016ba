package dev.stravinsky.cli.command;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.api.update.GuardRequest;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Flag;
import dev.stravinsky.cli.command.Arguments.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code stravinsky guard -- COMMAND ...}. */
public final class GuardCommand extends Command {
  private final Value<List<String>> words =
      arguments().words("COMMAND", "What to run, with its own options.");

  private final Value<List<String>> accepted =
      arguments()
          .repeated(
              "--accept", "CHECK-ID", "Let a check that blocks only warn; the trail says who did.");

  private final Value<Integer> timeout =
      arguments().option("--timeout", "S", Integer.class, "End the command after so many seconds.");

  private final Flag brief =
      arguments().flag("Only name the files, show no lines of them.", "--brief");

  private final ScopeOption scope = new ScopeOption(arguments());
  private final SecretsOption secrets = new SecretsOption(arguments());

  public GuardCommand(Session session) {
    super(
        session,
        "Run an installer; put everything back if it fails or breaks something.",
        "",
        "Example:  stravinsky guard -- npx some-installer --yes",
        "",
        "Guarded are the targets, as status and backup show name them, not what else it changes.");
  }

  @Override
  ExitStatus run() throws IOException {
    Optional<Duration> limit = timeout.given().map(GuardCommand::limit);
    requireProgram();
    Scope whose = scope.of(session());
    session().finishInterrupted(whose);
    GuardRequest request =
        new GuardRequest(
            whose,
            words.get(),
            new GuardedProcess(words.get(), limit),
            new HashSet<>(accepted.or(List.of())),
            session().plugins(),
            secrets::text);
    // What the command prints is its own, for pipes too.
    return new GuardOutput(output().aside(), brief.given())
        .print(services().guard().run(request, session().progress()));
  }

  private static Duration limit(int seconds) {
    if (seconds < 1) {
      throw new UsageException(
          Problem.of(ErrorKind.UNKNOWN, "--timeout needs a number of seconds, 1 or more")
              .leaving("nothing was run or changed")
              .next("stravinsky guard --timeout 600 -- COMMAND"));
    }
    return Duration.ofSeconds(seconds);
  }

  /** A word that is mistyped is told before anything is backed up. */
  private void requireProgram() {
    Environment environment = services().environment();
    String program = words.get().getFirst();
    Path here = environment.workingDirectory();
    Stream<Path> places =
        program.contains("/")
            ? Stream.of(here.resolve(program))
            : Stream.of(environment.variables().getOrDefault("PATH", "").split(":"))
                .map(folder -> here.resolve(folder).resolve(program));
    if (places.noneMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file))) {
      throw new NotFoundException(
          Problem.of(ErrorKind.UNKNOWN, "there is no program \"" + program + "\" that can be run")
              .leaving("nothing was run or changed")
              .next("stravinsky guard -- COMMAND"));
    }
  }
}
