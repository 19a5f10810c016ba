package dev.stravinsky.cli.command;

import dev.stravinsky.api.Presence;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Flag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code stravinsky demo}: runs the distribution's demonstration script, which runs this program.
 */
public final class DemoCommand extends Command {
  private final Flag keep =
      arguments().flag("Leave the sandbox, and say how to go on in it.", "--keep");

  public DemoCommand(Session session) {
    super(session, "Show everything in a sandbox; your own files are never touched.");
  }

  @Override
  ExitStatus run() throws IOException {
    Path script = services().environment().installation().resolve("demo").resolve("demo.sh");
    if (!Presence.isRegularFile(script)) {
      throw new NotFoundException(
          Problem.of(ErrorKind.UNKNOWN, "this distribution came without its demonstration")
              .inFile(script)
              .leaving("nothing was changed")
              .next("unpack the distribution again"));
    }
    List<String> command = new ArrayList<>(List.of("sh", script.toString()));
    if (keep.given()) {
      command.add("--keep");
    }
    try {
      int status = new ProcessBuilder(command).inheritIO().start().waitFor();
      return status == 0 ? ExitStatus.DONE : ExitStatus.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StravinskyException(
          ExitStatus.INTERRUPTED,
          Problem.of(ErrorKind.UNKNOWN, "the demonstration was interrupted")
              .leaving("your own files were never touched"),
          e);
    }
  }
}
