package dev.stravinsky.cli.command;

import dev.stravinsky.api.Presence;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code stravinsky chaos WORD...}: runs the chaos harness, a part of the distribution of its own
 * that this program does not load.
 */
public final class ChaosCommand extends Command {
  private static final int USAGE = 2;

  private final Value<List<String>> words =
      arguments()
          .words("COMMAND", "run, list, explain, replay, certify or toxiproxy, with its options.");

  public ChaosCommand(Session session) {
    super(
        session,
        "Break the world around Stravinsky, in a sandbox, and see whether its promises hold.",
        "",
        "Example:  stravinsky chaos run --suite ci --report chaos-report",
        "",
        "No file of yours is changed. To see what there is: stravinsky chaos run --help");
  }

  @Override
  ExitStatus run() throws IOException {
    Path script = services().environment().installation().resolve("chaos/bin/chaos");
    if (!Presence.isRegularFile(script)) {
      throw new NotFoundException(
          Problem.of(ErrorKind.UNKNOWN, "this distribution came without its chaos harness")
              .inFile(script)
              .leaving("nothing was changed")
              .next("unpack the distribution again"));
    }
    List<String> command = new ArrayList<>(List.of("sh", script.toString()));
    command.addAll(words.get());
    try {
      int status = new ProcessBuilder(command).inheritIO().start().waitFor();
      return switch (status) {
        case 0 -> ExitStatus.DONE;
        case USAGE -> ExitStatus.USAGE;
        default -> ExitStatus.FAILED;
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StravinskyException(
          ExitStatus.INTERRUPTED,
          Problem.of(ErrorKind.UNKNOWN, "the chaos harness was interrupted")
              .leaving("no file of yours was changed"),
          e);
    }
  }
}
