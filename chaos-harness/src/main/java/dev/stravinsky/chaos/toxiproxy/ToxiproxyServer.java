package dev.stravinsky.chaos.toxiproxy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The server: the interface on one port, and the proxies that clients ask for. Closing it ends
 * every proxy and connection.
 */
public final class ToxiproxyServer implements AutoCloseable {
  /** The port that clients look for it at if nothing is said. */
  public static final int STANDARD_PORT = 8474;

  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final ProxyTable proxies;

  private ToxiproxyServer(HttpServer server, ProxyTable proxies) {
    this.server = server;
    this.proxies = proxies;
  }

  /**
   * Starts it.
   *
   * @param port 0 for any
   * @param seed of what is left to chance: jitter, the size of slices, and the share of toxicity
   * @throws IOException if it cannot listen there
   */
  public static ToxiproxyServer start(String host, int port, long seed) throws IOException {
    HttpServer http = HttpServer.create(new InetSocketAddress(host, port), 0);
    ToxiproxyServer started = new ToxiproxyServer(http, new ProxyTable(new Random(seed)));
    http.createContext("/", new Interface(started.proxies));
    http.setExecutor(started.executor);
    http.start();
    return started;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** How many connections are open through its proxies. */
  public int connections() {
    return proxies.all().stream().mapToInt(proxy -> proxy.connections().size()).sum();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.close();
    proxies.close();
  }
}
