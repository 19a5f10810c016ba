package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code stravinsky recovery directory DIR [VERSION]}. */
@CommandLine.Command(description = "Bring a folder back; files that the backup lacks stay.")
public final class RecoveryDirectory extends Command {
  @Parameters(index = "0", paramLabel = "DIR", description = "Where the folder is, or was.")
  private String directory;

  @Parameters(
      index = "1",
      paramLabel = "VERSION",
      arity = "0..1",
      description = "From that version; the newest backup that has it if none is given.")
  private Optional<String> version = Optional.empty();

  @Mixin private final RecoveryOptions options = new RecoveryOptions();

  public RecoveryDirectory(Session session) {
    super(session);
  }

  @Override
  ExitStatus run() throws IOException {
    var environment = services().environment();
    var path = environment.expand(directory, environment.workingDirectory());
    return options.run(session(), how -> services().recovery().directory(path, version, how));
  }
}
