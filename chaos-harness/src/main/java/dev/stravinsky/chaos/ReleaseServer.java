package dev.stravinsky.chaos;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.release.ReleaseBuilder.BuildRequest;
import dev.stravinsky.api.release.ReleaseRequest;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.ServedFile;
import dev.stravinsky.testkit.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A real web server on loopback, one for the whole run, that has the second release. */
final class ReleaseServer {
  private static final String FILE = "/v2.tar.gz";
  private static final WebServer SERVER = start();

  private ReleaseServer() {}

  private static WebServer start() {
    try {
      return new WebServer();
    } catch (IOException e) {
      throw new UncheckedIOException("no web server can be started on loopback", e);
    }
  }

  /** Builds the release as a publisher does; its address. */
  static String publish(Sandbox sandbox) throws IOException {
    Path file = sandbox.root().resolve("v2.tar.gz");
    ReleaseRequest source =
        new ReleaseRequest(
            Fixture.release(sandbox, "v2").toString(),
            Optional.of(new Version("v2")),
            List.of("hooks", "commands", "settings"));
    sandbox
        .services()
        .releaseBuilder()
        .build(new BuildRequest(source, Optional.of("chaos"), file, false, false), Progress.NONE);
    SERVER.at(FILE, new ServedFile(Files.readAllBytes(file)));
    Files.delete(file);
    return SERVER.url(FILE);
  }

  static int port() {
    return SERVER.port();
  }
}
