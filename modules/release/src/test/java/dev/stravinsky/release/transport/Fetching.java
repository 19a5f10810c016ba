package dev.stravinsky.release.transport;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.WebServer;
import dev.stravinsky.testkit.contract.SandboxTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server, a place for the file, and waits that are written down in place of waited for. */
abstract class Fetching extends SandboxTest {
  static final long LIMIT = 500_000;

  /** Short where something has to be waited for, of the usual shape where it is only noted. */
  static final Patience PATIENCE =
      new Patience(
          Duration.ofSeconds(5),
          Duration.ofMillis(300),
          10,
          5,
          1000,
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(60));

  final List<Duration> waits = new ArrayList<>();
  final List<Long> progress = new ArrayList<>();
  WebServer server;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @BeforeEach
  void serve() throws IOException {
    server = new WebServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  Path file() {
    return sandbox.root().resolve("fetched");
  }

  byte[] fetch(String location) throws IOException {
    return fetch(location, Expected.NOTHING);
  }

  byte[] fetch(String location, Expected expected) throws IOException {
    new Downloads(sandbox.environment(), PATIENCE, waits::add, new Random(1))
        .fetch(
            location.startsWith("/") ? server.url(location) : location,
            expected,
            LIMIT,
            file(),
            (phase, done, total) -> progress.add(done));
    return Files.readAllBytes(file());
  }

  boolean nothingLeft() {
    return !Files.exists(file());
  }

  static byte[] content(int size, long seed) {
    byte[] content = new byte[size];
    new Random(seed).nextBytes(content);
    return content;
  }
}
