package dev.stravinsky.api.check;

import dev.stravinsky.api.ServiceFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A process that answers the check protocol (documented in {@code docs/check-protocol.md}) and
 * serves many checks: the plugin host. The runner starts it, talks to it and ends it.
 */
public interface ExternalChecks {

  /** Found by {@link java.util.ServiceLoader}. */
  interface Factory extends ServiceFactory<ExternalChecks> {}

  /** How to start the process; empty if it has nothing to serve. */
  Optional<Launch> launch();

  /**
   * How a process is started.
   *
   * @param command program and arguments
   * @param variables environment variables beside the inherited ones
   * @param directory where it runs
   */
  record Launch(List<String> command, Map<String, String> variables, Path directory) {
    public Launch {
      command = List.copyOf(command);
      variables = Map.copyOf(variables);
    }
  }
}
