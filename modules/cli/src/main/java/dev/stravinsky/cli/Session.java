package dev.stravinsky.cli;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.transaction.Transactions.Recovered;
import dev.stravinsky.api.update.Resumption;
import dev.stravinsky.api.update.Resumption.Waiting;
import dev.stravinsky.cli.output.Output;
import dev.stravinsky.cli.output.ProgressLine;
import dev.stravinsky.cli.output.Shown;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/**
 * One run of the program: the options that every command has, and the way to services and output.
 */
public final class Session implements AutoCloseable {
  private final OptionSpec home =
      everywhere("--home", "Where backups, trail and settings are kept.")
          .type(String.class)
          .arity("1")
          .paramLabel("DIR")
          .build();
  private final OptionSpec debug =
      everywhere("--debug", "Show where an error came from.").type(boolean.class).build();

  private final OptionSpec noPlugins =
      everywhere("--no-plugins", "Run without plugins and checks.d, for rescue.")
          .type(boolean.class)
          .build();

  private final String[] words;
  private final Output output;
  private Optional<Services> services = Optional.empty();

  Session(String[] words, Output output) {
    this.words = words.clone();
    this.output = output;
  }

  /** The command as it was typed, without these options, to be typed again. */
  public String typedWithout(Set<String> options) {
    return Stream.of(words)
        .filter(word -> !options.contains(word))
        .map(Shown::word)
        .collect(Collectors.joining(" ", "stravinsky ", ""));
  }

  public Output output() {
    return output;
  }

  public boolean debug() {
    return Boolean.TRUE.equals(debug.getValue());
  }

  /** Adds the options that every command has. */
  void addOptions(CommandSpec root) {
    root.addOption(home).addOption(debug).addOption(noPlugins);
  }

  private static OptionSpec.Builder everywhere(String name, String description) {
    return OptionSpec.builder(name).scopeType(ScopeType.INHERIT).description(description);
  }

  /** Whether plugins and the executables of {@code checks.d} take part. */
  public boolean plugins() {
    return !Boolean.TRUE.equals(noPlugins.getValue());
  }

  /**
   * Starts the plugins beside the reading of the words, where these surely lead to their checks.
   */
  void startPlugins() {
    if (CommandTable.runsPlugins(words)) {
      services().checks().warmUp();
    }
  }

  /** Built at the first use, when the options are known. */
  public synchronized Services services() {
    if (services.isEmpty()) {
      if (debug()) {
        // For what has no way to this object: checks' processes are then heard on standard error.
        System.setProperty("stravinsky.debug", "true");
      }
      Environment environment = HostEnvironment.of(Optional.ofNullable(home.getValue()), words);
      services =
          Optional.of(plugins() ? Services.in(environment) : Services.withoutPlugins(environment));
    }
    return services.get();
  }

  /** A bar on a terminal, nothing elsewhere. */
  public Progress progress() {
    return output.isTerminal() ? new ProgressLine() : Progress.NONE;
  }

  /** The scope as typed: the user, or the project that the working directory belongs to. */
  public Scope scope(ScopeName name) throws IOException {
    if (name == ScopeName.user) {
      return Scope.USER;
    }
    return services()
        .targets()
        .currentProject()
        .orElseThrow(
            () ->
                new NotFoundException(
                    Problem.of(ErrorKind.UNKNOWN, "no folder above this one has a .claude")
                        .inFile(services().environment().workingDirectory())
                        .leaving("nothing was changed")
                        .next("mkdir .claude")));
  }

  /**
   * For commands that change something in this scope: first ends what a crash interrupted, and says
   * so, and what of it has to wait.
   */
  public void finishInterrupted(Scope scope) throws IOException {
    Resumption resumed = services().updater().resume(scope);
    for (Waiting each : resumed.waiting()) {
      TransactionRecord waits = each.transaction();
      output.note(
          "The interrupted "
              + waits.kind()
              + " "
              + waits.id()
              + " ("
              + waits.scope()
              + ") could not be ended and waits: "
              + each.why().located());
    }
    for (Recovered each : resumed.ended()) {
      output.note(
          (each.finished() ? "Finished" : "Undid")
              + " the interrupted "
              + each.transaction().kind()
              + " "
              + each.transaction().id()
              + (each.finished() ? "." : ": your files are as they were before it."));
      each.foreign().forEach(file -> output.note("Left alone, somebody changed it since: " + file));
      each.saved()
          .ifPresent(
              backup -> output.note("What was live is also saved as backup " + backup + "."));
      each.notes().forEach(output::note);
    }
  }

  /** For the others: reports it. */
  public void reportInterrupted() throws IOException {
    for (TransactionRecord each : services().transactions().interrupted()) {
      output.note(
          "The " + each.kind() + " " + each.id() + " was interrupted; type: stravinsky status");
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (services.isPresent()) {
      services.get().close();
    }
  }

  /** The values of {@code --scope}, written as they are typed. */
  @SuppressWarnings("checkstyle:ConstantName")
  public enum ScopeName {
    user,
    project
  }
}
