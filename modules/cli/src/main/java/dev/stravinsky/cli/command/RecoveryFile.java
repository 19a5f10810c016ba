package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code stravinsky recovery file PATH [VERSION]}. */
@CommandLine.Command(description = "Bring one file back, also a deleted one.")
public final class RecoveryFile extends Command {
  @Parameters(index = "0", paramLabel = "PATH", description = "Where the file is, or was.")
  private String file;

  @Parameters(
      index = "1",
      paramLabel = "VERSION",
      arity = "0..1",
      description = "From that version; the newest backup that has it if none is given.")
  private Optional<String> version = Optional.empty();

  @Mixin private final RecoveryOptions options = new RecoveryOptions();

  public RecoveryFile(Session session) {
    super(session);
  }

  @Override
  ExitStatus run() throws IOException {
    var environment = services().environment();
    var path = environment.expand(file, environment.workingDirectory());
    return options.run(session(), how -> services().recovery().file(path, version, how));
  }
}
