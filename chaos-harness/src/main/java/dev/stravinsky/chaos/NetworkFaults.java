package dev.stravinsky.chaos;

import dev.stravinsky.chaos.Fault.Aftermath;
import dev.stravinsky.testkit.Sandbox;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.ToxicList;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Faults of the network between the product and a web server that has the release. */
final class NetworkFaults {
  /** No request is as long. */
  private static final int REQUEST_BYTES = 250;

  /** An answer's status line and headers. */
  private static final int HEAD_BYTES = 120;

  /** The unit of a limit. */
  private static final String BYTES = "bytes";

  private NetworkFaults() {}

  /** Adds a toxic. */
  @FunctionalInterface
  private interface Poison {
    void into(ToxicList toxics, ToxicDirection direction, int amount) throws IOException;
  }

  static Fault latency() {
    return each(
        "ms, and as many of jitter",
        List.of(1, 5, 40),
        Aftermath.DOES_NOT_MATTER,
        (toxics, direction, ms) -> toxics.latency("latency", direction, ms).setJitter(ms));
  }

  static Fault bandwidth() {
    return each(
        "KB/s",
        List.of(16, 64, 1024),
        Aftermath.DOES_NOT_MATTER,
        (toxics, direction, rate) -> toxics.bandwidth("bandwidth", direction, rate));
  }

  static Fault slowClose() {
    return each(
        "ms",
        List.of(1, 10, 50),
        Aftermath.DOES_NOT_MATTER,
        (toxics, direction, ms) -> toxics.slowClose("close", direction, ms));
  }

  static Fault timeout() {
    return each(
        "ms",
        List.of(0, 20),
        Aftermath.HEALS,
        (toxics, direction, ms) -> toxics.timeout("timeout", direction, ms));
  }

  static Fault reset() {
    return each(
        "ms",
        List.of(0, 1, 5, 20),
        Aftermath.HEALS,
        (toxics, direction, ms) -> toxics.resetPeer("reset", direction, ms));
  }

  static Fault sliced() {
    return each(
        "bytes at a time",
        List.of(16, 100, 400),
        Aftermath.DOES_NOT_MATTER,
        (toxics, direction, size) -> toxics.slicer("slicer", direction, size, 50));
  }

  /** At each byte of the request and of the answer. */
  static Fault limit() {
    return new Fault(
        (prepared, clean, random) -> {
          List<Strike> strikes = new ArrayList<>();
          Poison poison = (toxics, direction, bytes) -> toxics.limitData("limit", direction, bytes);
          for (int bytes = 0; bytes < HEAD_BYTES + ReleaseServer.size(); bytes++) {
            strikes.add(new Toxified(ToxicDirection.DOWNSTREAM, bytes, BYTES, poison));
          }
          for (int bytes = 0; bytes < REQUEST_BYTES; bytes++) {
            strikes.add(new Toxified(ToxicDirection.UPSTREAM, bytes, BYTES, poison));
          }
          return strikes;
        },
        Aftermath.HEALS);
  }

  static Fault refused() {
    return new Fault(
        (prepared, clean, random) -> List.of(new Refused(new ArrayDeque<>())), Aftermath.HEALS);
  }

  private static Fault each(
      String unit, List<Integer> amounts, Aftermath aftermath, Poison poison) {
    return new Fault(
        (prepared, clean, random) -> {
          List<Strike> strikes = new ArrayList<>();
          for (ToxicDirection direction : ToxicDirection.values()) {
            amounts.forEach(amount -> strikes.add(new Toxified(direction, amount, unit, poison)));
          }
          return strikes;
        },
        aftermath);
  }

  /** The server can only be reached by way of a proxy with a toxic. */
  private record Toxified(
      ToxicDirection direction, int amount, String unit, Poison poison, Deque<Proxy> made)
      implements Strike {
    Toxified(ToxicDirection direction, int amount, String unit, Poison poison) {
      this(direction, amount, unit, poison, new ArrayDeque<>());
    }

    @Override
    public String position() {
      return direction + ": " + amount + " " + unit;
    }

    @Override
    public void arm(Sandbox sandbox) throws IOException {
      made.clear();
      made.push(proxied(sandbox));
      poison.into(made.peek().toxics(), direction, amount);
    }

    /** The second connection brings the rest. */
    @Override
    public boolean isToBeGotOver() {
      boolean half = amount > 2 * HEAD_BYTES + ReleaseServer.size() / 2;
      return unit.equals(BYTES) && direction == ToxicDirection.DOWNSTREAM && half;
    }

    @Override
    public boolean fired(Sandbox sandbox) {
      return NetworkFaults.stands(made, true);
    }

    @Override
    public void disarm(Sandbox sandbox) throws IOException {
      remove(made, sandbox);
    }
  }

  /** Nobody listens at the server's address. */
  private record Refused(Deque<Proxy> made) implements Strike {
    @Override
    public String position() {
      return "connection refused";
    }

    @Override
    public void arm(Sandbox sandbox) throws IOException {
      made.clear();
      made.push(proxied(sandbox));
      made.peek().disable();
    }

    @Override
    public boolean fired(Sandbox sandbox) {
      return NetworkFaults.stands(made, false);
    }

    @Override
    public void disarm(Sandbox sandbox) throws IOException {
      remove(made, sandbox);
    }
  }

  private static Proxy proxied(Sandbox sandbox) throws IOException {
    Proxy proxy = Network.proxy();
    sandbox.withVariable(Commands.CHANNEL, ReleaseServer.through(proxy.getListen()));
    return proxy;
  }

  private static boolean stands(Deque<Proxy> made, boolean enabled) {
    try {
      return Network.stands(made.element(), enabled);
    } catch (IOException e) {
      return false; // Then nobody can say so, and the run fails for it.
    }
  }

  /** The network is as good as before; the next command asks the server itself. */
  private static void remove(Deque<Proxy> made, Sandbox sandbox) throws IOException {
    made.pop().delete();
    sandbox.withVariable(Commands.CHANNEL, ReleaseServer.through(ReleaseServer.address()));
  }
}
