package dev.stravinsky.chaos;

import dev.stravinsky.chaos.toxiproxy.ToxiproxyServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code chaos toxiproxy}. */
@Command(
    name = "toxiproxy",
    description = "Run the server that speaks Toxiproxy's HTTP interface, until it is ended.")
final class ToxiproxyCommand extends ChaosCommand {
  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "" + ToxiproxyServer.STANDARD_PORT,
      description = "Where the interface listens (8474); 0 for any.")
  int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "The address, this machine's own (127.0.0.1) if nothing is said.")
  String host;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of jitter, slices and toxicity.")
  long seed;

  @Override
  int run(PrintWriter out) throws InterruptedException {
    if (port < 0 || port > 65535) {
      throw mistake("there is no port " + port);
    }
    try (ToxiproxyServer server = ToxiproxyServer.start(host, port, seed)) {
      out.println("toxiproxy: listening at http://" + host + ":" + server.address().getPort());
      out.flush();
      new CountDownLatch(1).await(); // Until somebody ends the process.
      return 0;
    } catch (IOException e) {
      throw mistake("cannot listen at " + host + ":" + port + ": " + e.getMessage(), e);
    }
  }
}
