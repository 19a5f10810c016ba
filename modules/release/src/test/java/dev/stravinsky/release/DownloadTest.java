package dev.stravinsky.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.ReleaseRequest;
import dev.stravinsky.spi.Cancellation;
import dev.stravinsky.spi.ReleaseSource;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.SandboxTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DownloadTest extends SandboxTest {
  private static final byte[] ARCHIVE = new TarBuilder().file("hooks/a", "A").gzip();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/ok", exchange -> answer(exchange, 200, ARCHIVE));
    server.createContext("/gone", exchange -> answer(exchange, 404, new byte[0]));
    server.createContext("/broken", exchange -> answer(exchange, 500, new byte[0]));
    server.createContext("/text", exchange -> answer(exchange, 200, new byte[] {'h', 'i'}));
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/ok");
          answer(exchange, 302, new byte[0]);
        });
    server.createContext("/short", exchange -> part(exchange, ARCHIVE.length));
    server.createContext("/stalled", this::stall);
    server.createContext("/endless", DownloadTest::endless);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void open_url_isDownloadedAndUnpacked() throws IOException {
    for (String path : List.of("/ok", "/moved")) {
      Release release = opened(path);

      assertThat(release.files()).hasSize(1);
      assertThat(Files.readString(release.content(release.files().getFirst()))).isEqualTo("A");
    }
  }

  @Test
  void open_urlOfNothing_isNotFound() {
    assertThatThrownBy(() -> opened("/gone")).isInstanceOf(NotFoundException.class);
    assertNothingStaged();
  }

  @Test
  void open_serverFails_saysTheStatus() {
    assertThatThrownBy(() -> opened("/broken"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("500");
    assertNothingStaged();
  }

  @Test
  void open_urlOfAnotherType_isRefused() {
    assertThatThrownBy(() -> opened("/text"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("another type");
    assertNothingStaged();
  }

  @Test
  void open_connectionCut_saysSo() {
    assertThatThrownBy(() -> opened("/short"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("could not download");
    assertNothingStaged();
  }

  @Test
  void open_serverStalls_endsWithinItsPatience() {
    assertThatThrownBy(() -> opened("/stalled"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nothing came");
    assertNothingStaged();
  }

  @Test
  void open_endlessBody_isRefused() {
    assertThatThrownBy(() -> opened("/endless"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("larger than");
    assertNothingStaged();
  }

  @Test
  void open_nobodyListens_saysSo() {
    assertThatThrownBy(() -> open("http://127.0.0.1:1/x", List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("http://127.0.0.1:1/x");
    assertThatThrownBy(() -> open("http://", List.of())).isInstanceOf(UsageException.class);
    assertNothingStaged();
  }

  @Test
  void open_ownSource_isAskedFirst() throws IOException {
    ReleaseSource source =
        source(
            directory -> {
              Files.createDirectories(directory.resolve("r/hooks"));
              Files.writeString(directory.resolve("r/hooks/a"), "from the source");
              return directory.resolve("r");
            });

    Release release = open("shop:mine", List.of(source));

    assertThat(Files.readString(release.content(release.files().getFirst())))
        .isEqualTo("from the source");
  }

  @Test
  void open_pluginsSource_isAskedForWhatIsNotHere() throws IOException {
    ReleaseSource plugin =
        source(
            directory -> {
              Files.createDirectories(directory.resolve("hooks"));
              Files.writeString(directory.resolve("hooks/a"), "the plugin's");
              return directory;
            });

    Release fetched = open("shop:mine", List.of(), List.of(plugin));
    sandbox.write(sandbox.root().resolve("shop:here/hooks/a"), "here");
    sandbox.workIn(sandbox.root());
    Release local = open("shop:here", List.of(), List.of(plugin));

    assertThat(Files.readString(fetched.content(fetched.files().getFirst())))
        .isEqualTo("the plugin's");
    assertThat(Files.readString(local.content(local.files().getFirst()))).isEqualTo("here");
  }

  @Test
  void open_sourceGivesFileElsewhere_isRefused() throws IOException {
    Path elsewhere = sandbox.write(sandbox.userHome().resolve("secret"), "s");

    assertThatThrownBy(() -> open("shop:mine", List.of(source(directory -> elsewhere))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("outside");
    assertNothingStaged();
  }

  private Release opened(String path) throws IOException {
    return open("http://127.0.0.1:" + server.getAddress().getPort() + path, List.of());
  }

  private Release open(String location, List<ReleaseSource> sources) throws IOException {
    return open(location, sources, List.of());
  }

  private Release open(String location, List<ReleaseSource> sources, List<ReleaseSource> plugins)
      throws IOException {
    Limits limits = new Limits(500_000, 50, 200_000, 100, 300, 10_000);
    var download = new Download(limits, Duration.ofSeconds(2), Duration.ofMillis(400));
    var locations =
        new SourceLocation(sandbox.environment(), limits, download, sources, () -> plugins);
    return new StagedReleases(sandbox.environment(), locations, limits)
        .open(
            new ReleaseRequest(location, Optional.of(new Version("v1")), List.of("hooks")),
            Progress.NONE);
  }

  private void assertNothingStaged() {
    try (var staged = Files.list(sandbox.home().staging())) {
      assertThat(staged).isEmpty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Promises more than comes. */
  private static void part(HttpExchange exchange, int length) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, length);
      exchange.getResponseBody().write(ARCHIVE, 0, length / 2);
      exchange.getResponseBody().flush();
    }
  }

  private void stall(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, ARCHIVE.length);
      exchange.getResponseBody().write(ARCHIVE, 0, 10);
      exchange.getResponseBody().flush();
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void endless(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, 0);
      byte[] block = new byte[64 * 1024];
      for (int i = 0; i < 1000; i++) {
        exchange.getResponseBody().write(block);
      }
    }
  }

  private interface Fetching {
    Path into(Path directory) throws IOException;
  }

  private static ReleaseSource source(Fetching fetching) {
    return new ReleaseSource() {
      @Override
      public String id() {
        return "shop";
      }

      @Override
      public boolean handles(String location) {
        return location.startsWith("shop:");
      }

      @Override
      public Path fetch(String location, Path directory, Cancellation cancellation)
          throws IOException {
        return fetching.into(directory);
      }
    };
  }
}
