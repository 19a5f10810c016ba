package dev.stravinsky.validator.external;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.spi.Cancellation;
import dev.stravinsky.spi.ReleaseSource;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * A plugin's release sources. Where one fails, the release cannot be fetched: what another source
 * has under the same name could be something else.
 */
record HostedSource(HostedService service) implements ReleaseSource {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

  /** One that goes on downloading is not cut off before this. */
  private static final Duration FETCH_LIMIT = Duration.ofHours(1);

  private static final Duration STALL_LIMIT = Duration.ofSeconds(60);

  @Override
  public String id() {
    return service.id();
  }

  @Override
  public boolean handles(String location) {
    try {
      return service
          .call("handles", ANSWER_LIMIT, out -> out.writeStringProperty("location", location))
          .path("handles")
          .asBoolean(false);
    } catch (PluginFailedException e) {
      throw notFetched(location, e);
    }
  }

  @Override
  public Path fetch(String location, Path directory, Cancellation cancellation) {
    Stall stall = new Stall(directory, STALL_LIMIT, System::nanoTime);
    try {
      JsonNode fetched =
          service.call(
              "fetch",
              FETCH_LIMIT,
              () -> cancellation.requested() || stall.requested(),
              out -> {
                out.writeStringProperty("location", location);
                ContextWriter.path("directory", directory, out);
              });
      return HostedPaths.path(fetched, "path_uri")
          .orElseThrow(() -> service.failed("it did not say which file it fetched"));
    } catch (PluginFailedException e) {
      throw notFetched(location, e);
    }
  }

  private static StravinskyException notFetched(String location, PluginFailedException failure) {
    return new StravinskyException(
        ExitStatus.FAILED,
        Problem.of(ErrorKind.UNKNOWN, "could not fetch " + location + ": " + failure.getMessage())
            .leaving("nothing was changed")
            .next("stravinsky plugin list"),
        failure);
  }
}
