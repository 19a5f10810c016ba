package dev.stravinsky.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.DownloadFailedException;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.ReleaseRequest;
import dev.stravinsky.release.transport.Downloads;
import dev.stravinsky.release.transport.Patience;
import dev.stravinsky.spi.Cancellation;
import dev.stravinsky.spi.ReleaseSource;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.ServedFile;
import dev.stravinsky.testkit.WebServer;
import dev.stravinsky.testkit.contract.SandboxTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DownloadTest extends SandboxTest {
  private static final byte[] ARCHIVE = new TarBuilder().file("hooks/a", "A").gzip();

  private WebServer server;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @BeforeEach
  void serve() throws IOException {
    server =
        new WebServer()
            .at("/ok", ARCHIVE)
            .at("/moved", (request, answer) -> answer.head(302, 0, "Location: /ok"))
            .at("/cut", new ServedFile(ARCHIVE).cutAfter(10, 20, 30))
            .at("/broken", (request, answer) -> answer.head(500, 0))
            .at("/text", new byte[] {'h', 'i'})
            .at("/large", new byte[500_001]);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void open_url_isDownloadedAndUnpacked() throws IOException {
    for (String path : List.of("/ok", "/moved", "/cut")) {
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
        .isInstanceOf(DownloadFailedException.class)
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
  void open_largerThanAnyRelease_isRefused() {
    assertThatThrownBy(() -> opened("/large"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("larger than");
    assertNothingStaged();
  }

  @Test
  void open_nobodyListens_saysSo() {
    assertThatThrownBy(() -> open("http://127.0.0.1:1/x", List.of()))
        .isInstanceOf(DownloadFailedException.class)
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
    return open(server.url(path), List.of());
  }

  private Release open(String location, List<ReleaseSource> sources) throws IOException {
    return open(location, sources, List.of());
  }

  private Release open(String location, List<ReleaseSource> sources, List<ReleaseSource> plugins)
      throws IOException {
    Limits limits = new Limits(500_000, 50, 200_000, 100, 20_000, 300, 10_000);
    var downloads =
        new Downloads(sandbox.environment(), Patience.STANDARD, wait -> {}, new Random(1));
    var locations =
        new SourceLocation(sandbox.environment(), limits, downloads, sources, () -> plugins);
    return new StagedReleases(
            sandbox.environment(),
            locations,
            limits,
            ChannelWorld.noFetch(sandbox),
            () -> Trust.NOBODY)
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
