package dev.stravinsky.chaos.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.Toxic;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.toxic.Bandwidth;
import eu.rekawek.toxiproxy.model.toxic.Latency;
import eu.rekawek.toxiproxy.model.toxic.LimitData;
import eu.rekawek.toxiproxy.model.toxic.ResetPeer;
import eu.rekawek.toxiproxy.model.toxic.Slicer;
import eu.rekawek.toxiproxy.model.toxic.SlowClose;
import eu.rekawek.toxiproxy.model.toxic.Timeout;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything that the Toxiproxy Java client can do, against this server. */
class ToxiproxyClientTest {
  private Backend backend;
  private ToxiproxyServer server;
  private ToxiproxyClient client;

  @BeforeEach
  void start() throws IOException {
    backend = new Backend();
    server = ToxiproxyServer.start("127.0.0.1", 0, 1);
    client = new ToxiproxyClient("127.0.0.1", server.address().getPort());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    backend.close();
  }

  private Proxy proxy() throws IOException {
    return client.createProxy("p", "127.0.0.1:0", backend.address());
  }

  @Test
  void version_asked_isThatOfTheInterface() throws IOException {
    assertThat(client.version()).contains("2.");
  }

  @Test
  void createProxy_anyPort_saysWhichItIs() throws IOException {
    Proxy proxy = proxy();
    assertThat(proxy.getName()).isEqualTo("p");
    assertThat(proxy.getListen()).matches("127\\.0\\.0\\.1:[1-9][0-9]*");
    assertThat(proxy.getUpstream()).isEqualTo(backend.address());
    assertThat(proxy.isEnabled()).isTrue();
    assertThat(client.getProxy("p").getListen()).isEqualTo(proxy.getListen());
    assertThat(client.getProxies()).extracting(Proxy::getName).containsExactly("p");
    assertThat(client.getProxyOrNull("q")).isNull();
  }

  @Test
  void createProxy_twice_isRefusedInTheServersWords() throws IOException {
    proxy();
    assertThatThrownBy(this::proxy).hasMessageContaining("[409] proxy already exists");
  }

  @Test
  void getProxy_unknown_isNotFound() {
    assertThatThrownBy(() -> client.getProxy("q")).hasMessageContaining("[404] proxy not found");
  }

  @Test
  void proxy_disabledAndEnabled_refusesAndServes() throws IOException {
    Proxy proxy = proxy();
    Wire wire = Wire.to(proxy.getListen());
    assertThat(wire.echoes("a")).isTrue();
    proxy.disable();
    assertThat(client.getProxy("p").isEnabled()).isFalse();
    assertThat(wire.isEnded()).isTrue();
    assertThatThrownBy(() -> Wire.to(proxy.getListen())).isInstanceOf(IOException.class);
    proxy.enable();
    assertThat(Wire.to(proxy.getListen()).echoes("b")).isTrue();
  }

  @Test
  void proxy_otherAddresses_areTaken() throws IOException {
    Proxy proxy = proxy();
    try (Backend other = new Backend()) {
      proxy.setUpstream(other.address());
      assertThat(client.getProxy("p").getUpstream()).isEqualTo(other.address());
      assertThat(Wire.to(client.getProxy("p").getListen()).echoes("c")).isTrue();
    }
    proxy.setListen("127.0.0.1:0");
    assertThat(client.getProxy("p").getListen()).doesNotEndWith(":0");
  }

  @Test
  void proxy_deleted_isGone() throws IOException {
    Proxy proxy = proxy();
    proxy.delete();
    assertThat(client.getProxies()).isEmpty();
    assertThatThrownBy(proxy::delete).isInstanceOf(IOException.class);
  }

  @Test
  void toxics_everyKind_isKeptAsItWasMade() throws IOException {
    Proxy proxy = proxy();
    var toxics = proxy.toxics();
    toxics.latency("l", ToxicDirection.DOWNSTREAM, 11).setJitter(12);
    toxics.bandwidth("b", ToxicDirection.UPSTREAM, 13);
    toxics.slowClose("sc", ToxicDirection.DOWNSTREAM, 14);
    toxics.timeout("t", ToxicDirection.UPSTREAM, 15);
    toxics.slicer("s", ToxicDirection.DOWNSTREAM, 16, 17).setSizeVariation(3);
    toxics.limitData("ld", ToxicDirection.UPSTREAM, 18);
    toxics.resetPeer("r", ToxicDirection.DOWNSTREAM, 19);
    assertThat(toxics.getAll())
        .extracting(Toxic::getName)
        .containsExactly("l", "b", "sc", "t", "s", "ld", "r");
    Latency latency = toxics.get("l", Latency.class);
    assertThat(latency.getLatency()).isEqualTo(11);
    assertThat(latency.getJitter()).isEqualTo(12);
    assertThat(latency.getStream()).isEqualTo(ToxicDirection.DOWNSTREAM);
    assertThat(toxics.get("b", Bandwidth.class).getRate()).isEqualTo(13);
    assertThat(toxics.get("b").getStream()).isEqualTo(ToxicDirection.UPSTREAM);
    assertThat(toxics.get("sc", SlowClose.class).getDelay()).isEqualTo(14);
    assertThat(toxics.get("t", Timeout.class).getTimeout()).isEqualTo(15);
    assertThat(toxics.get("s", Slicer.class).getAverageSize()).isEqualTo(16);
    assertThat(toxics.get("s", Slicer.class).getDelay()).isEqualTo(17);
    assertThat(toxics.get("s", Slicer.class).getSizeVariation()).isEqualTo(3);
    assertThat(toxics.get("ld", LimitData.class).getBytes()).isEqualTo(18);
    assertThat(toxics.get("r", ResetPeer.class).getTimeout()).isEqualTo(19);
  }

  @Test
  void toxic_changed_isTheNewOne() throws IOException {
    var toxics = proxy().toxics();
    Latency latency = toxics.latency("l", ToxicDirection.DOWNSTREAM, 5);
    latency.setLatency(6).setJitter(7);
    latency.setToxicity(0.25f);
    Latency now = toxics.get("l", Latency.class);
    assertThat(now.getLatency()).isEqualTo(6);
    assertThat(now.getJitter()).isEqualTo(7);
    assertThat(now.getToxicity()).isEqualTo(0.25f);
  }

  @Test
  void toxic_twiceOrUnknown_isRefusedInTheServersWords() throws IOException {
    var toxics = proxy().toxics();
    Latency latency = toxics.latency("l", ToxicDirection.DOWNSTREAM, 5);
    assertThatThrownBy(() -> toxics.latency("l", ToxicDirection.DOWNSTREAM, 5))
        .hasMessageContaining("[409] toxic already exists");
    latency.remove();
    assertThatThrownBy(() -> toxics.get("l")).hasMessageContaining("[404] toxic not found");
    assertThat(toxics.getAll()).isEmpty();
  }

  @Test
  void reset_everything_isEnabledAndHarmless() throws IOException {
    Proxy proxy = proxy();
    proxy.toxics().timeout("t", ToxicDirection.DOWNSTREAM, 0);
    proxy.disable();
    client.reset();
    assertThat(client.getProxy("p").isEnabled()).isTrue();
    assertThat(client.getProxy("p").toxics().getAll()).isEmpty();
    assertThat(Wire.to(client.getProxy("p").getListen()).echoes("d")).isTrue();
  }
}
