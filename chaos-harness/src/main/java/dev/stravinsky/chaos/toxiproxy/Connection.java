package dev.stravinsky.chaos.toxiproxy;

import dev.stravinsky.chaos.toxiproxy.Toxic.Direction;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** A client's connection to the proxy, and the proxy's to the server behind. */
final class Connection {
  private final Socket client;
  private final Socket server;
  private final Link up;
  private final Link down;
  private final Consumer<Connection> over;
  private final AtomicInteger open = new AtomicInteger(2);

  /**
   * @param over is told when it is closed
   */
  Connection(
      Socket client,
      Socket server,
      ToxicTable toxics,
      RandomGenerator random,
      Consumer<Connection> over) {
    this.client = client;
    this.server = server;
    this.over = over;
    this.up = new Link(Direction.UPSTREAM, client, server, toxics, random, this);
    this.down = new Link(Direction.DOWNSTREAM, server, client, toxics, random, this);
  }

  void start() {
    up.start();
    down.start();
  }

  void toxicsChanged() {
    up.toxicsChanged();
    down.toxicsChanged();
  }

  /** A direction has ended well. */
  void ended() {
    if (open.decrementAndGet() == 0) {
      close();
    }
  }

  /** Both sides see a reset. */
  void reset() {
    for (Socket each : new Socket[] {client, server}) {
      try {
        each.setSoLinger(true, 0);
      } catch (IOException e) {
        // It is closed already, and cannot be reset any more.
      }
    }
    close();
  }

  void close() {
    up.close();
    down.close();
    for (Socket each : new Socket[] {client, server}) {
      try {
        each.close();
      } catch (IOException e) {
        // The descriptor is gone all the same.
      }
    }
    over.accept(this);
  }
}
