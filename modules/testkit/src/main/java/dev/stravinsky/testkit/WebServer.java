package dev.stravinsky.testkit;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A web server on loopback that does to its clients whatever a test wants: its pages write the
 * answer's bytes themselves, and may lie, stall, cut off or go on for ever. One request a
 * connection. What was asked is kept.
 */
public final class WebServer implements AutoCloseable {
  private final ServerSocket server;
  private final Map<String, Page> pages = new ConcurrentHashMap<>();
  private volatile Page anywhere = (request, answer) -> answer.head(404, 0);
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Starts it, with no page: everything is answered with status 404. */
  public WebServer() throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("web-server").start(this::serve);
  }

  /** Answers requests for one path. */
  @FunctionalInterface
  public interface Page {
    /** Writes an answer, or a part of one; the connection is closed when it returns. */
    void answer(Request request, Answer answer) throws IOException;
  }

  /**
   * What was asked.
   *
   * @param target the path, or what a proxy gets in its place
   * @param headers by their names in small letters
   */
  public record Request(String method, String target, Map<String, String> headers) {
    /** A header by its name in small letters. */
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  /** This page is at the path from now on, in place of another one. */
  public WebServer at(String path, Page page) {
    pages.put(path, page);
    return this;
  }

  /** This content is at the path, with its length and nothing else. */
  public WebServer at(String path, byte[] content) {
    return at(path, (request, answer) -> answer.head(200, content.length).body(content));
  }

  /** Answers for all other paths. */
  public WebServer anywhereElse(Page page) {
    anywhere = page;
    return this;
  }

  /** The address of a path. */
  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Every request so far, in order. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Those for one path. */
  public List<Request> requests(String path) {
    return requests.stream().filter(request -> request.target().equals(path)).toList();
  }

  /** Breaks all connections; pages that wait for it return. */
  @Override
  public void close() {
    closed.countDown();
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().name("web-connection").start(() -> answer(socket));
      } catch (IOException e) {
        // Closed: the test is over.
      }
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      Request request = read(new BufferedInputStream(socket.getInputStream()));
      requests.add(request);
      Page page = pages.getOrDefault(request.target(), anywhere);
      page.answer(request, new Answer(socket, closed));
    } catch (IOException e) {
      // The client hung up, or the test is over: what the client saw is what counts.
    } finally {
      open.remove(socket);
    }
  }

  private static Request read(InputStream in) throws IOException {
    String[] first = line(in).split(" ");
    Map<String, String> headers = new TreeMap<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    return new Request(first[0], first.length > 1 ? first[1] : "", headers);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }

  /** The way back to the client. */
  public static final class Answer {
    private final Socket socket;
    private final OutputStream out;
    private final CountDownLatch closed;

    private Answer(Socket socket, CountDownLatch closed) throws IOException {
      this.socket = socket;
      this.out = socket.getOutputStream();
      this.closed = closed;
    }

    /** Status line and headers, each as {@code Name: value}. */
    public Answer head(int status, String... headers) throws IOException {
      StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " X\r\nConnection: close\r\n");
      for (String header : headers) {
        text.append(header).append("\r\n");
      }
      return body(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The same with the length that is promised, true or not. */
    public Answer head(int status, long contentLength, String... headers) throws IOException {
      String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
      all[headers.length] = "Content-Length: " + contentLength;
      return head(status, all);
    }

    /** Sends these bytes now. */
    public Answer body(byte[] bytes) throws IOException {
      return body(bytes, 0, bytes.length);
    }

    public Answer body(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      out.flush();
      return this;
    }

    /** Sends nothing more, but keeps the connection until the server is closed. */
    public void stall() {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Breaks the connection as a crashed machine does, by a reset. */
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
