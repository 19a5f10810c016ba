package dev.stravinsky.cli.command;

import dev.stravinsky.cli.Session;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** {@code PATH [VERSION]}: what is to come back, and from which version. */
final class WantedPath {
  @Parameters(index = "0", paramLabel = "PATH", description = "Where it is, or was.")
  private String path;

  @Parameters(
      index = "1",
      paramLabel = "VERSION",
      arity = "0..1",
      description = "From that version; the newest backup that has it if none is given.")
  private Optional<String> version = Optional.empty();

  Path path(Session session) {
    var environment = session.services().environment();
    return environment.expand(path, environment.workingDirectory());
  }

  Optional<String> version() {
    return version;
  }
}
