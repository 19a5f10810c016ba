package dev.stravinsky.chaos.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many connections, most of which end badly, leave nothing behind: {@code -Dchaos.connections=N},
 * 10,000 in the profile {@code chaos-ci}.
 */
@Tag("chaos-suite")
class SoakTest {
  private static final int CONNECTIONS = Integer.getInteger("chaos.connections", 400);
  private static final int AT_ONCE = 20;

  @Test
  void connections_manyThatEndBadly_leaveNoThreadAndNoSocket() throws Exception {
    try (Backend backend = new Backend();
        ToxiproxyServer server = ToxiproxyServer.start("127.0.0.1", 0, 1)) {
      ToxiproxyClient client = new ToxiproxyClient("127.0.0.1", server.address().getPort());
      Proxy proxy = client.createProxy("p", "127.0.0.1:0", backend.address());
      poison(proxy);
      run(proxy.getListen(), 50);
      settled(server);
      long sockets = sockets();

      int echoed = run(proxy.getListen(), CONNECTIONS);

      settled(server);
      System.out.printf("toxiproxy: %d connections, %d of them whole%n", CONNECTIONS, echoed);
      assertThat(echoed).isBetween(CONNECTIONS / 10, CONNECTIONS);
      await(() -> sockets() <= sockets + 2);
      client.reset();
      assertThat(Wire.to(proxy.getListen()).echoes("as before")).isTrue();
    }
    await(() -> proxyThreads() == 0);
  }

  private static void poison(Proxy proxy) throws IOException {
    proxy.toxics().slicer("s", ToxicDirection.DOWNSTREAM, 3, 100).setToxicity(0.5f);
    proxy.toxics().latency("l", ToxicDirection.UPSTREAM, 2).setToxicity(0.5f);
    proxy.toxics().limitData("d", ToxicDirection.DOWNSTREAM, 20).setToxicity(0.2f);
    proxy.toxics().resetPeer("r", ToxicDirection.UPSTREAM, 3).setToxicity(0.2f);
    proxy.toxics().timeout("t", ToxicDirection.DOWNSTREAM, 5).setToxicity(0.2f);
    proxy.toxics().slowClose("c", ToxicDirection.DOWNSTREAM, 2).setToxicity(0.2f);
  }

  private static int run(String listen, int connections) throws Exception {
    int whole = 0;
    try (ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        all.add(clients.submit(() -> once(listen)));
      }
      for (Future<Boolean> each : all) {
        whole += each.get() ? 1 : 0;
      }
    }
    return whole;
  }

  private static boolean once(String listen) {
    try (Wire wire = Wire.to(listen)) {
      boolean echoed = wire.echoes("what is sent comes back in pieces");
      wire.endSending();
      return echoed;
    } catch (IOException e) {
      return false; // As the toxics want it.
    }
  }

  private static void settled(ToxiproxyServer server) throws Exception {
    await(() -> server.connections() == 0);
  }

  /** Ends happen on other threads, some time later. */
  private static void await(Callable<Boolean> condition) throws Exception {
    for (int i = 0; i < 400 && !condition.call(); i++) {
      Thread.sleep(50);
    }
    assertThat(condition.call()).isTrue();
  }

  private static long sockets() throws IOException {
    long count = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path each : all) {
        count += isSocket(each) ? 1 : 0;
      }
    }
    return count;
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException e) {
      return false; // Closed meanwhile.
    }
  }

  /** Virtual threads are in no list but in that of a dump. */
  private static long proxyThreads() throws IOException {
    Path dump = Files.createTempFile("threads", ".json");
    Files.delete(dump);
    try {
      java.lang.management.ManagementFactory.getPlatformMXBean(
              com.sun.management.HotSpotDiagnosticMXBean.class)
          .dumpThreads(
              dump.toString(), com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
      return Files.readString(dump).lines().filter(line -> line.contains("\"toxiproxy-")).count();
    } finally {
      Files.deleteIfExists(dump);
    }
  }
}
