package dev.stravinsky.chaos.toxiproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** One proxy: listens, and connects each client with the server behind it. */
final class TcpProxy {
  private static final int BACKLOG = 1024;

  private final String name;
  private final RandomGenerator random;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final ToxicTable toxics =
      new ToxicTable(() -> connections().forEach(Connection::toxicsChanged));
  private String listen;
  private String upstream;
  private ServerSocket listener;
  private Thread acceptor;

  /** One that does not listen yet. */
  TcpProxy(String name, String listen, String upstream, RandomGenerator random) {
    this.name = name;
    this.listen = listen;
    this.upstream = upstream;
    this.random = random;
  }

  String name() {
    return name;
  }

  /** Where it listens; with the port that it got, if it listens. */
  synchronized String listen() {
    return listen;
  }

  synchronized String upstream() {
    return upstream;
  }

  synchronized boolean enabled() {
    return listener != null;
  }

  ToxicTable toxics() {
    return toxics;
  }

  Set<Connection> connections() {
    return connections;
  }

  /** Listens, if it does not. */
  synchronized void start() throws ApiException {
    if (listener != null) {
      return;
    }
    HostPort place = HostPort.parse(listen);
    ServerSocket opened = null;
    try {
      opened = new ServerSocket();
      opened.setReuseAddress(true);
      opened.bind(place.resolved(), BACKLOG);
    } catch (IOException e) {
      closeQuietly(opened);
      throw ApiException.cannotListen(listen, "bind: " + e.getMessage());
    }
    listen = HostPort.text((InetSocketAddress) opened.getLocalSocketAddress());
    listener = opened;
    ServerSocket mine = opened;
    acceptor = Thread.ofVirtual().name("toxiproxy-accept").start(() -> accept(mine));
  }

  /** Listens no more, and closes all connections. */
  synchronized void stop() {
    if (listener != null) {
      closeQuietly(listener);
      listener = null;
      awaitEnd(acceptor); // Only then is the port free.
    }
    connections.forEach(Connection::close);
  }

  /** Takes these addresses; where they are others all connections are closed. */
  synchronized void update(String newListen, String newUpstream, boolean enabled)
      throws ApiException {
    if (!newListen.equals(listen) || !newUpstream.equals(upstream)) {
      stop();
      listen = newListen;
      upstream = newUpstream;
    }
    if (enabled) {
      start();
    } else {
      stop();
    }
  }

  private void accept(ServerSocket mine) {
    while (!mine.isClosed()) {
      try {
        Socket client = mine.accept();
        Thread.ofVirtual().name("toxiproxy-connect").start(() -> connect(client, mine));
      } catch (IOException e) {
        // Stopped; or the client was gone before it was accepted.
      }
    }
  }

  private void connect(Socket client, ServerSocket mine) {
    Socket server = new Socket();
    try {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      server.connect(HostPort.parse(upstream()).resolved());
    } catch (IOException | ApiException e) {
      closeQuietly(server);
      closeQuietly(client);
      return;
    }
    Connection connection = new Connection(client, server, toxics, random, connections::remove);
    connections.add(connection);
    connection.start();
    if (mine.isClosed()) {
      connection.close(); // Stopped meanwhile.
    }
  }

  private static void awaitEnd(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(AutoCloseable any) {
    try {
      if (any != null) {
        any.close();
      }
    } catch (Exception e) {
      // The descriptor is gone all the same.
    }
  }

  /** An address as the interface writes it. */
  private record HostPort(String host, int port) {
    static HostPort parse(String text) throws ApiException {
      int colon = text.lastIndexOf(':');
      try {
        String host = colon < 0 ? "" : text.substring(0, colon);
        int port = Integer.parseInt(text.substring(colon + 1));
        if (colon < 0 || port < 0 || port > 65535) {
          throw ApiException.cannotListen(text, "missing port in address");
        }
        return new HostPort(host.replaceAll("^\\[|]$", ""), port);
      } catch (NumberFormatException e) {
        throw ApiException.cannotListen(text, "missing port in address");
      }
    }

    InetSocketAddress resolved() throws IOException {
      return host.isEmpty()
          ? new InetSocketAddress(port)
          : new InetSocketAddress(InetAddress.getByName(host), port);
    }

    static String text(InetSocketAddress address) {
      String host = address.getAddress().getHostAddress();
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
  }
}
