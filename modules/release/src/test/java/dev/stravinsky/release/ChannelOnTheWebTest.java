package dev.stravinsky.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.release.Offer;
import dev.stravinsky.api.release.Signature;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.ServedFile;
import dev.stravinsky.testkit.WebServer;
import dev.stravinsky.testkit.contract.SandboxTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A signed channel on a web server that does what it likes. */
class ChannelOnTheWebTest extends SandboxTest {
  private final AtomicInteger sent = new AtomicInteger();
  private WebServer server;
  private ChannelWorld world;
  private Path key;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @BeforeEach
  void serve() throws IOException {
    server = new WebServer();
    world = new ChannelWorld(sandbox);
    key = world.key("team");
    world.publish("v1", key);
    world.publish("v2", key);
    upload();
    world.userTakesFrom(server.url("/team"), key);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void upload() throws IOException {
    for (String name :
        new String[] {
          "channel.json", "channel.json.sig", "team-hooks-v1.tar.gz", "team-hooks-v2.tar.gz"
        }) {
      server.at("/team/" + name, Files.readAllBytes(world.folder().resolve(name)));
    }
  }

  private void endless(String path) {
    server.at(
        path,
        (request, answer) -> {
          answer.head(200, "Content-Type: application/octet-stream");
          byte[] block = new byte[1 << 16];
          while (true) {
            answer.body(block);
            sent.incrementAndGet();
          }
        });
  }

  @Test
  void read_folderOrDocument_isTheChannel() throws IOException {
    for (String path : new String[] {"/team", "/team/", "/team/channel.json"}) {
      world.userTakesFrom(server.url(path), key);

      assertThat(world.read().signature()).isInstanceOf(Signature.Verified.class);
      assertThat(world.openNewest().version().value()).isEqualTo("v2");
    }
  }

  @Test
  void open_archiveCut_isGotAllTheSame() throws IOException {
    byte[] archive = Files.readAllBytes(world.folder().resolve("team-hooks-v2.tar.gz"));
    server.at("/team/team-hooks-v2.tar.gz", new ServedFile(archive).cutAfter(10, 100));

    assertThat(world.openNewest().version().value()).isEqualTo("v2");
  }

  @Test
  void open_addressThatAShellWouldObey_isQuotedInWhatToTypeNext() throws IOException {
    Offer offer = world.read().installable().getFirst();
    Offer hostile =
        new Offer(
            offer.name(),
            offer.version(),
            "http://127.0.0.1:1/x;touch$IFS(x)",
            offer.sizeBytes(),
            offer.sha256(),
            offer.descriptor(),
            offer.published(),
            offer.notes(),
            offer.withdrawn(),
            offer.channel());

    assertThatThrownBy(() -> world.open(hostile))
        .isInstanceOfSatisfying(
            StravinskyException.class,
            e ->
                assertThat(e.problems().getFirst().nextCommand())
                    .contains("curl -I 'http://127.0.0.1:1/x;touch$IFS(x)'"));
  }

  @Test
  void read_signatureNotServed_isRefused() {
    server.at("/team/channel.json.sig", (request, answer) -> answer.head(404, 0));

    assertThatThrownBy(world::read)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("channel.json is not signed");
  }

  @Test
  void read_noChannelServed_isNotFound() throws IOException {
    world.userTakesFrom(server.url("/nowhere/"), key);

    assertThatThrownBy(world::read).isInstanceOf(NotFoundException.class);
  }

  @Test
  void read_publishedJustNow_isAskedForOnceMore() throws IOException {
    byte[] old = Files.readAllBytes(world.document());
    world.publish("v3", key);
    upload();
    AtomicInteger asked = new AtomicInteger();
    byte[] fresh = Files.readAllBytes(world.document());
    server.at(
        "/team/channel.json",
        (request, answer) -> {
          byte[] content = asked.getAndIncrement() == 0 ? old : fresh;
          answer.head(200, content.length).body(content);
        });

    assertThat(world.read().offers()).hasSize(3);
    assertThat(asked).hasValue(2);
  }

  @Test
  void read_endlessDocumentOrSignature_isRefused() throws IOException {
    endless("/team/channel.json.sig");
    assertThatThrownBy(world::read).isInstanceOf(RefusedException.class);
    endless("/team/channel.json");
    assertThatThrownBy(world::read).isInstanceOf(RefusedException.class);

    assertThat(world.nothingStaged()).isTrue();
    // What the system's buffers swallow before the connection is closed is no more than this.
    assertThat((long) sent.get() << 16).isLessThan(3L * 16 * 1024 * 1024 + (64 << 20));
  }

  @Test
  void open_endlessArchive_isRefused() throws IOException {
    Offer offer = world.read().installable().getFirst();
    endless("/team/team-hooks-v2.tar.gz");

    assertThatThrownBy(() -> world.open(offer)).isInstanceOf(RefusedException.class);
    assertThat(world.nothingStaged()).isTrue();
  }

  @Test
  void resolve_addresses_leadWhereTheChannelMayLead() throws IOException {
    ChannelAddress secure = at("https://host/team/");
    ChannelAddress plain = at("http://host/team/channel.json");

    assertThat(secure.signature()).isEqualTo("https://host/team/channel.json.sig");
    assertThat(at("https://host/c.json?token=x").signature())
        .isEqualTo("https://host/c.json.sig?token=x");
    assertThat(secure.resolve("a%20b/x.zip")).isEqualTo("https://host/team/a%20b/x.zip");
    assertThat(secure.resolve("https://other/x.zip")).isEqualTo("https://other/x.zip");
    assertThat(plain.resolve("http://other/x.zip")).isEqualTo("http://other/x.zip");
    assertThatThrownBy(() -> secure.resolve("http://host/x.zip"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> plain.resolve("ftp://host/x.zip"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private ChannelAddress at(String setting) throws IOException {
    return ChannelAddress.of(setting, sandbox.environment());
  }
}
