package dev.stravinsky.chaos.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.toxic.Bandwidth;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import eu.rekawek.toxiproxy.model.toxic.LimitData;
import eu.rekawek.toxiproxy.model.toxic.Timeout;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each toxic does to the bytes, in both directions. Times are only ever "not before". */
class ToxicsTest {
  private static final byte[] MUCH = bytes(300_000);

  private Backend backend;
  private ToxiproxyServer server;
  private Proxy proxy;

  @BeforeEach
  void start() throws IOException {
    backend = new Backend();
    server = ToxiproxyServer.start("127.0.0.1", 0, 1);
    ToxiproxyClient client = new ToxiproxyClient("127.0.0.1", server.address().getPort());
    proxy = client.createProxy("p", "127.0.0.1:0", backend.address());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    backend.close();
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private Wire wire() throws IOException {
    return Wire.to(proxy.getListen());
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  @Test
  void noToxic_muchData_passesUnchangedAndEnds() throws Exception {
    try (Wire wire = wire()) {
      Thread sending = Thread.ofVirtual().start(() -> sendAll(wire));
      assertThat(wire.receiveAll()).isEqualTo(MUCH);
      sending.join();
    }
  }

  private static void sendAll(Wire wire) {
    try {
      wire.send(MUCH).endSending();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void latency_eitherWay_comesNotBefore(ToxicDirection direction) throws IOException {
    proxy.toxics().latency("l", direction, 150);
    try (Wire wire = wire()) {
      long start = System.nanoTime();
      assertThat(wire.echoes("a")).isTrue();
      assertThat(millisSince(start)).isGreaterThanOrEqualTo(149);
    }
  }

  @Test
  void latency_removedMeanwhile_noLongerHolds() throws IOException {
    Latency latency = proxy.toxics().latency("l", ToxicDirection.DOWNSTREAM, 3_600_000);
    try (Wire wire = wire()) {
      wire.send("a");
      assertThat(wire.isSilent(100)).isTrue();
      latency.remove();
      assertThat(wire.receive(1)).isEqualTo(new byte[] {'a'});
    }
  }

  @Test
  void bandwidth_muchData_comesNotBefore() throws Exception {
    proxy.toxics().bandwidth("b", ToxicDirection.DOWNSTREAM, 1000);
    try (Wire wire = wire()) {
      long start = System.nanoTime();
      Thread sending = Thread.ofVirtual().start(() -> sendAll(wire));
      assertThat(wire.receiveAll()).isEqualTo(MUCH);
      assertThat(millisSince(start)).isGreaterThanOrEqualTo(290);
      sending.join();
    }
  }

  @Test
  void bandwidth_none_passesWhenThereIsSome() throws IOException {
    Bandwidth none = proxy.toxics().bandwidth("b", ToxicDirection.UPSTREAM, 0);
    try (Wire wire = wire()) {
      wire.send("a");
      assertThat(wire.isSilent(100)).isTrue();
      none.setRate(1000);
      assertThat(wire.receive(1)).isEqualTo(new byte[] {'a'});
    }
  }

  @Test
  void slowClose_theEnd_comesNotBefore() throws IOException {
    proxy.toxics().slowClose("s", ToxicDirection.DOWNSTREAM, 200);
    try (Wire wire = wire()) {
      assertThat(wire.echoes("a")).isTrue();
      long start = System.nanoTime();
      wire.endSending();
      assertThat(wire.receiveAll()).isEmpty();
      assertThat(millisSince(start)).isGreaterThanOrEqualTo(199);
    }
  }

  @Test
  void timeout_someTime_swallowsAndEnds() throws IOException {
    proxy.toxics().timeout("t", ToxicDirection.DOWNSTREAM, 300);
    try (Wire wire = wire()) {
      wire.send("a");
      assertThat(wire.isSilent(100)).isTrue();
      assertThat(wire.isEnded()).isTrue();
    }
  }

  @Test
  void timeout_zero_neverEndsUntilItIsRemoved() throws IOException {
    Timeout timeout = proxy.toxics().timeout("t", ToxicDirection.UPSTREAM, 0);
    try (Wire wire = wire()) {
      wire.send("a");
      assertThat(wire.isSilent(200)).isTrue();
      timeout.remove();
      assertThat(wire.isEnded()).isTrue();
    }
    try (Wire wire = wire()) {
      assertThat(wire.echoes("b")).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void resetPeer_eitherWay_isAReset(ToxicDirection direction) throws IOException {
    proxy.toxics().resetPeer("r", direction, 50);
    try (Wire wire = wire()) {
      assertThat(wire.isReset()).isTrue();
    }
  }

  @Test
  void slicer_data_comesWholeInPieces() throws IOException {
    proxy.toxics().slicer("s", ToxicDirection.DOWNSTREAM, 10, 1000).setSizeVariation(5);
    byte[] some = bytes(1000);
    try (Wire wire = wire()) {
      long start = System.nanoTime();
      wire.send(some);
      assertThat(wire.receive(1000)).isEqualTo(some);
      // At most 15 bytes a piece, a millisecond between two.
      assertThat(millisSince(start)).isGreaterThanOrEqualTo(65);
    }
  }

  @Test
  void limitData_more_endsAfterExactlySoMany() throws IOException {
    LimitData limit = proxy.toxics().limitData("l", ToxicDirection.DOWNSTREAM, 100);
    byte[] some = bytes(1000);
    try (Wire wire = wire()) {
      wire.send(some);
      assertThat(wire.receiveAll()).isEqualTo(java.util.Arrays.copyOf(some, 100));
    }
    limit.setBytes(0);
    try (Wire wire = wire()) {
      wire.send("a");
      assertThat(wire.isEnded()).isTrue();
    }
  }

  @Test
  void severalToxics_inOneDirection_allHold() throws IOException {
    proxy.toxics().latency("l", ToxicDirection.DOWNSTREAM, 100);
    proxy.toxics().limitData("d", ToxicDirection.DOWNSTREAM, 5);
    proxy.toxics().slicer("s", ToxicDirection.DOWNSTREAM, 1, 0);
    try (Wire wire = wire()) {
      long start = System.nanoTime();
      wire.send("abcdefgh");
      assertThat(wire.receiveAll()).isEqualTo(new byte[] {'a', 'b', 'c', 'd', 'e'});
      assertThat(millisSince(start)).isGreaterThanOrEqualTo(99);
    }
  }

  @Test
  void toxicity_halfOfTheConnections_isAboutHalf() throws IOException {
    proxy.toxics().limitData("l", ToxicDirection.DOWNSTREAM, 1).setToxicity(0.5f);
    int ended = 0;
    for (int i = 0; i < 200; i++) {
      try (Wire wire = wire()) {
        wire.send("ab").endSending();
        ended += wire.receiveAll().length == 1 ? 1 : 0;
      }
    }
    assertThat(ended).isBetween(60, 140);
  }

  @Test
  void toxic_addedToAnOpenConnection_takesEffect() throws IOException {
    try (Wire wire = wire()) {
      assertThat(wire.echoes("a")).isTrue();
      proxy.toxics().resetPeer("r", ToxicDirection.UPSTREAM, 0);
      assertThat(wire.isReset()).isTrue();
    }
  }

  @Test
  void upstream_nobodyThere_endsTheConnection() throws IOException {
    backend.close();
    try (Wire wire = wire()) {
      assertThat(wire.isEnded()).isTrue();
    }
  }
}
