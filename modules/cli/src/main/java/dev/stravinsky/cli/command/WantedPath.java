package dev.stravinsky.cli.command;

import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Value;
import java.nio.file.Path;
import java.util.Optional;

/** {@code PATH [VERSION]}: what is to come back, and from which version. */
final class WantedPath {
  private final Value<String> path;
  private final Value<String> version;

  WantedPath(Arguments arguments) {
    this.path = arguments.parameter("PATH", "Where it is, or was.");
    this.version =
        arguments.optionalParameter(
            "VERSION", "From that version; the newest backup that has it if none is given.");
  }

  Path path(Session session) {
    var environment = session.services().environment();
    return environment.expand(path.get(), environment.workingDirectory());
  }

  Optional<String> version() {
    return version.given();
  }
}
