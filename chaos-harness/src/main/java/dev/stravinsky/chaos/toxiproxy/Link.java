package dev.stravinsky.chaos.toxiproxy;

import dev.stravinsky.chaos.toxiproxy.Inbox.Chunk;
import dev.stravinsky.chaos.toxiproxy.Toxic.Direction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** One direction of a connection. */
final class Link {
  private static final int BUFFER_BYTES = 32 * 1024;

  /** Of a bandwidth's bytes so many milliseconds' worth are sent at a time. */
  private static final long PIECE_MILLIS = 100;

  private final Direction direction;
  private final Socket from;
  private final Socket to;
  private final ToxicTable table;
  private final RandomGenerator random;
  private final Connection connection;
  private final Inbox inbox = new Inbox();
  private List<Dose> doses = new ArrayList<>();
  private long knownChanges = -1;

  Link(
      Direction direction,
      Socket from,
      Socket to,
      ToxicTable table,
      RandomGenerator random,
      Connection connection) {
    this.direction = direction;
    this.from = from;
    this.to = to;
    this.table = table;
    this.random = random;
    this.connection = connection;
  }

  /** A toxic ended the connection. */
  private static final class Ended extends Exception {
    private static final long serialVersionUID = 1;
  }

  void start() {
    Thread.ofVirtual().name("toxiproxy-read").start(this::read);
    Thread.ofVirtual().name("toxiproxy-write").start(this::write);
  }

  void toxicsChanged() {
    inbox.changed();
  }

  void close() {
    inbox.close();
  }

  private void read() {
    try {
      InputStream in = from.getInputStream();
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (!inbox.put(Chunk.of(Arrays.copyOf(buffer, n)))) {
          return;
        }
      }
      inbox.put(Chunk.theEnd());
    } catch (IOException e) {
      connection.close(); // The other side broke it off, or the proxy was stopped.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      connection.close();
    }
  }

  private void write() {
    try {
      refresh();
      OutputStream out = to.getOutputStream();
      boolean ended = false;
      while (!inbox.isClosed()) {
        Optional<Chunk> chunk = ended ? pause() : inbox.take(deadline(), knownChanges);
        if (chunk.isEmpty()) {
          obeyDeadlines();
          refresh();
        } else if (!chunk.get().end()) {
          pass(chunk.get().bytes(), chunk.get().arrivedNanos(), 0, out);
        }
        ended |= chunk.isPresent() && chunk.get().end();
        if (ended && doses.stream().noneMatch(Dose::swallows)) {
          end();
          return;
        }
      }
    } catch (IOException | Ended e) {
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      connection.close();
    }
  }

  /** Nothing more comes; only the time or a change of toxics can end this. */
  private Optional<Chunk> pause() throws InterruptedException {
    inbox.pause(deadline(), knownChanges);
    return Optional.empty();
  }

  private long deadline() {
    return doses.stream().mapToLong(Dose::deadlineNanos).min().orElse(Long.MAX_VALUE);
  }

  private void obeyDeadlines() throws Ended {
    long now = System.nanoTime();
    for (Dose dose : doses) {
      if (dose.deadlineNanos() != Long.MAX_VALUE && dose.deadlineNanos() <= now) {
        if (dose.is(ToxicType.RESET_PEER)) {
          connection.reset();
        }
        throw new Ended();
      }
    }
  }

  /** Takes up what was changed; what a toxic swallowed is missing, so its removal ends all. */
  private void refresh() throws Ended {
    long now = inbox.changes();
    if (now == knownChanges) {
      return;
    }
    knownChanges = now;
    List<Dose> next = new ArrayList<>();
    for (Toxic toxic : table.in(direction)) {
      Optional<Dose> before =
          doses.stream().filter(d -> d.toxic().name().equals(toxic.name())).findFirst();
      next.add(
          before
              .map(d -> d.toxic().equals(toxic) ? d : d.changedTo(toxic, random.nextDouble()))
              .orElseGet(() -> new Dose(toxic, random.nextDouble())));
    }
    boolean swallowed = doses.stream().anyMatch(Dose::swallows);
    doses = next;
    if (swallowed && doses.stream().noneMatch(Dose::swallows)) {
      throw new Ended();
    }
  }

  private void pass(byte[] bytes, long arrivedNanos, int index, OutputStream out)
      throws IOException, InterruptedException, Ended {
    if (index == doses.size()) {
      out.write(bytes);
      return;
    }
    Dose dose = doses.get(index);
    if (!dose.isInForce()) {
      pass(bytes, arrivedNanos, index + 1, out);
      return;
    }
    switch (dose.toxic().type()) {
      case LATENCY -> {
        inbox.pause(arrivedNanos + latencyNanos(dose), knownChanges);
        pass(bytes, System.nanoTime(), index + 1, out);
      }
      case BANDWIDTH -> throttle(bytes, dose, index, out);
      case SLICER -> slice(bytes, dose, index, out);
      case LIMIT_DATA -> limit(bytes, dose, index, out);
      case SLOW_CLOSE -> pass(bytes, arrivedNanos, index + 1, out);
      case TIMEOUT, RESET_PEER -> {
        // Swallowed.
      }
    }
  }

  private long latencyNanos(Dose dose) {
    long jitter = dose.attribute("jitter");
    long spread = jitter > 0 ? random.nextLong(-jitter, jitter + 1) : 0;
    return Math.max(0, dose.attribute("latency") + spread) * 1_000_000;
  }

  private void throttle(byte[] bytes, Dose dose, int index, OutputStream out)
      throws IOException, InterruptedException, Ended {
    long rate = dose.attribute("rate"); // Kilobytes a second are bytes a millisecond.
    if (rate <= 0) {
      inbox.pause(Long.MAX_VALUE, knownChanges);
      pass(bytes, System.nanoTime(), index + 1, out);
      return;
    }
    int most = (int) Math.min(Integer.MAX_VALUE, rate * PIECE_MILLIS);
    for (int at = 0; at < bytes.length; at += most) {
      byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + most));
      inbox.pause(System.nanoTime() + piece.length * 1_000_000L / rate, knownChanges);
      pass(piece, System.nanoTime(), index + 1, out);
    }
  }

  private void slice(byte[] bytes, Dose dose, int index, OutputStream out)
      throws IOException, InterruptedException, Ended {
    int average = (int) Math.clamp(dose.attribute("average_size"), 0, Integer.MAX_VALUE);
    int variation = (int) Math.clamp(dose.attribute("size_variation"), 0, average);
    for (int at = 0; at < bytes.length; ) {
      int spread = variation > 0 ? random.nextInt(-variation, variation + 1) : 0;
      int size = average == 0 ? bytes.length : Math.max(1, average + spread);
      int end = Math.min(bytes.length, at + Math.min(size, bytes.length - at));
      pass(Arrays.copyOfRange(bytes, at, end), System.nanoTime(), index + 1, out);
      at = end;
      if (at < bytes.length) {
        inbox.pause(System.nanoTime() + dose.attribute("delay") * 1000, knownChanges);
      }
    }
  }

  private void limit(byte[] bytes, Dose dose, int index, OutputStream out)
      throws IOException, InterruptedException, Ended {
    int fitting = (int) Math.min(dose.left(), bytes.length);
    pass(Arrays.copyOf(bytes, fitting), System.nanoTime(), index + 1, out);
    dose.pass(fitting);
    if (dose.left() == 0) {
      throw new Ended();
    }
  }

  private void end() throws IOException, InterruptedException {
    for (Dose dose : doses) {
      if (dose.is(ToxicType.SLOW_CLOSE)) {
        inbox.pause(System.nanoTime() + dose.attribute("delay") * 1_000_000, knownChanges);
      }
    }
    to.shutdownOutput();
    connection.ended();
  }
}
