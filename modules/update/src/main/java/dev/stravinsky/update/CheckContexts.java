package dev.stravinsky.update;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.Version;
import dev.stravinsky.spi.Cancellation;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Phase;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows checks what they may see. */
final class CheckContexts {
  private CheckContexts() {}

  static CheckContext of(
      Services services,
      Phase phase,
      LiveState live,
      List<TargetView> views,
      Incoming incoming,
      Cancellation cancellation)
      throws IOException {
    Environment environment = services.environment();
    return new CheckContext(
        phase,
        live.scope(),
        views,
        incoming.expected(),
        incoming.changed(),
        live.version(),
        incoming.version(),
        incoming.requiredCommands(),
        incoming.requiredBytes(),
        services.settings(),
        environment.home().directory(),
        environment.userHome(),
        environment.workingDirectory(),
        environment.variables(),
        environment.clock(),
        cancellation);
  }

  /** What is about to be installed. */
  record Incoming(
      Map<TargetPath, EntryState> expected,
      List<TargetPath> changed,
      Optional<Version> version,
      List<String> requiredCommands,
      long requiredBytes) {
    /** Nothing is: the configuration is looked at as it is. */
    static final Incoming NONE = new Incoming(Map.of(), List.of(), Optional.empty(), List.of(), 0);
  }
}
