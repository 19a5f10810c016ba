package dev.stravinsky.testkit.contract;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A web server that writes down what is posted and answers with one status after the other. */
final class WebhookReceiver implements AutoCloseable {
  /** In place of a status: no answer at all. */
  static final int SILENCE = 0;

  private final ServerSocket server;
  private final Deque<Integer> statuses = new ArrayDeque<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<Socket> silent = new CopyOnWriteArrayList<>();

  /** The last status is given again and again. */
  WebhookReceiver(Integer... statuses) throws IOException {
    this.statuses.addAll(List.of(statuses));
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::serve);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/hook?token=topsecret";
  }

  List<String> bodies() {
    return bodies;
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        answer(server.accept());
      } catch (IOException e) {
        // The test is over, or the sender hung up.
      }
    }
  }

  private void answer(Socket socket) throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
      }
    }
    bodies.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
    int status = statuses.size() > 1 ? statuses.removeFirst() : statuses.getFirst();
    if (status == SILENCE) {
      silent.add(socket);
      return;
    }
    try (socket) {
      String answer = "HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : silent) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
