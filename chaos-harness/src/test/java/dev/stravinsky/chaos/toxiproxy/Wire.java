package dev.stravinsky.chaos.toxiproxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A client of the proxy. */
record Wire(Socket socket) implements AutoCloseable {
  /** So long is waited for what has to come. */
  private static final int LONG_MILLIS = 20_000;

  static Wire to(String listen) throws IOException {
    int colon = listen.lastIndexOf(':');
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(
              listen.substring(0, colon), Integer.parseInt(listen.substring(colon + 1))));
      socket.setSoTimeout(LONG_MILLIS);
      socket.setTcpNoDelay(true);
      return new Wire(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  Wire send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  Wire send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  Wire endSending() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  byte[] receive(int bytes) throws IOException {
    return socket.getInputStream().readNBytes(bytes);
  }

  byte[] receiveAll() throws IOException {
    return socket.getInputStream().readAllBytes();
  }

  boolean echoes(String text) throws IOException {
    send(text);
    byte[] back = receive(text.getBytes(StandardCharsets.UTF_8).length);
    return new String(back, StandardCharsets.UTF_8).equals(text);
  }

  /** Whether nothing comes for a moment, and no end either. */
  boolean isSilent(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      int got = socket.getInputStream().read();
      throw new AssertionError(got < 0 ? "it ended" : "a byte came");
    } catch (SocketTimeoutException e) {
      return true;
    } finally {
      socket.setSoTimeout(LONG_MILLIS);
    }
  }

  /** Whether the other side ends it, in whatever way. */
  boolean isEnded() throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  /** Whether the other side breaks it off by a reset. */
  boolean isReset() throws IOException {
    try {
      return socket.getInputStream().read() > Integer.MAX_VALUE - 1;
    } catch (SocketException e) {
      return e.getMessage().contains("reset");
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
