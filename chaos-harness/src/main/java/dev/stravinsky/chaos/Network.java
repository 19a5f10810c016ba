package dev.stravinsky.chaos;

import dev.stravinsky.chaos.toxiproxy.ToxiproxyServer;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The Toxiproxy between the product and the web server: the harness's own, or the one that the
 * variable {@code TOXIPROXY_URL} names. Either is driven by Toxiproxy's Java client and by nothing
 * else.
 */
final class Network {
  /** What jitter, slices and toxicity are drawn from. */
  private static final long SEED = 1;

  private static final AtomicLong NUMBER = new AtomicLong();
  private static final ToxiproxyClient CLIENT = connect(System.getenv("TOXIPROXY_URL"));

  private Network() {}

  private static ToxiproxyClient connect(String url) {
    Optional<URI> other = Optional.ofNullable(url).filter(u -> !u.isBlank()).map(URI::create);
    if (other.isPresent()) {
      return new ToxiproxyClient(other.get().getHost(), other.get().getPort());
    }
    try {
      ToxiproxyServer own = ToxiproxyServer.start("127.0.0.1", 0, SEED);
      return new ToxiproxyClient("127.0.0.1", own.address().getPort());
    } catch (IOException e) {
      throw new UncheckedIOException("no Toxiproxy can be started on loopback", e);
    }
  }

  /** A new proxy before the web server. */
  static Proxy proxy() throws IOException {
    String name = "chaos-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
    return CLIENT.createProxy(name, "127.0.0.1:0", ReleaseServer.address());
  }

  /** Whether the proxy is as it was left: the tool could reach the server in no other way. */
  static boolean stands(Proxy proxy, boolean enabled) throws IOException {
    Proxy now = CLIENT.getProxy(proxy.getName());
    return now.isEnabled() == enabled && (!enabled || !now.toxics().getAll().isEmpty());
  }
}
