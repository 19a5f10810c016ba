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
  private static volatile int size;

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
    byte[] content = Files.readAllBytes(file);
    Files.delete(file);
    size = content.length;
    SERVER.at(FILE, new ServedFile(content));
    return SERVER.url(FILE);
  }

  /** Where the server is, for a proxy before it. */
  static String address() {
    return "127.0.0.1:" + SERVER.port();
  }

  /** The release's address by way of a proxy. */
  static String through(String listen) {
    return "http://" + listen + FILE;
  }

  /** How many bytes its answer has at least: so long is what a connection can be cut in. */
  static int size() {
    return size;
  }
}
