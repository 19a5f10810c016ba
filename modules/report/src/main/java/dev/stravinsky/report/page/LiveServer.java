package dev.stravinsky.report.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.report.ReportPage.Served;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The page on loopback. Only who knows the token in the path gets anything, and only under a name
 * of this machine: another site's script can neither guess the one nor send the other.
 */
final class LiveServer implements Served {
  private static final int TOKEN_BYTES = 18;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int OK = 200;
  private static final int BROKEN = 500;

  private final Services services;
  private final HttpServer server;
  private final ExecutorService threads;
  private final Changes changes;
  private final String path;

  private LiveServer(Services services, HttpServer server) {
    this.services = services;
    this.server = server;
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
    this.changes = new Changes(services);
    byte[] token = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(token);
    this.path = "/" + Base64.getUrlEncoder().withoutPadding().encodeToString(token) + "/";
  }

  static LiveServer start(Services services, int port) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
    LiveServer live = new LiveServer(services, server);
    server.createContext("/", live::answer);
    server.setExecutor(live.threads);
    server.start();
    return live;
  }

  @Override
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        answerAsked(exchange);
      } catch (RuntimeException e) {
        // Else the server would hang up without a word.
        send(exchange, BROKEN, "text/plain", "The page could not be made: " + Plain.of("" + e));
      }
    }
  }

  private void answerAsked(HttpExchange exchange) throws IOException {
    String asked = exchange.getRequestURI().getPath();
    if (!isOurs(exchange.getRequestHeaders().getFirst("Host")) || !asked.startsWith(path)) {
      send(exchange, NOT_FOUND, "text/plain", "There is nothing here.\n");
    } else if (!exchange.getRequestMethod().equals("GET")) {
      send(exchange, METHOD_NOT_ALLOWED, "text/plain", "This can only be read.\n");
    } else if (asked.equals(path)) {
      send(exchange, OK, "text/html", page());
    } else if (asked.equals(path + "changes")) {
      send(exchange, OK, "text/plain", changes.after(known(exchange)));
    } else {
      send(exchange, NOT_FOUND, "text/plain", "There is nothing here.\n");
    }
  }

  /** One at a time: a page is made of many questions to the same services. */
  private synchronized String page() {
    return HtmlPage.of(Facts.read(services), true);
  }

  private static String known(HttpExchange exchange) {
    String query = exchange.getRequestURI().getQuery();
    return query != null && query.startsWith("after=") ? query.substring("after=".length()) : "";
  }

  /** A page elsewhere whose name was made to point here sends that name. */
  private boolean isOurs(String host) {
    String port = ":" + server.getAddress().getPort();
    return host != null && (host.equals("127.0.0.1" + port) || host.equals("localhost" + port));
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type + "; charset=utf-8");
    headers.set("Content-Security-Policy", HtmlPage.policy(true) + "; frame-ancestors 'none'");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    changes.close();
    server.stop(0);
    threads.shutdownNow();
  }
}
