package dev.stravinsky.release;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.files.FileWrites;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One download over http or https into a file. Neither the server's name for it nor the length that
 * it promises is believed: the name is ours, the length is a limit and a progress bar.
 */
final class Download {
  private static final String FILE = "download";

  private final Limits limits;
  private final Duration connectTimeout;
  private final Duration stallTimeout;

  Download(Limits limits, Duration connectTimeout, Duration stallTimeout) {
    this.limits = limits;
    this.connectTimeout = connectTimeout;
    this.stallTimeout = stallTimeout;
  }

  static boolean handles(String location) {
    return location.regionMatches(true, 0, "http://", 0, 7)
        || location.regionMatches(true, 0, "https://", 0, 8);
  }

  /** The file, in {@code directory}. */
  Path fetch(String location, Path directory, Progress progress) throws IOException {
    URI uri = uri(location);
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(connectTimeout)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      HttpResponse<InputStream> response = send(client, uri);
      try (InputStream body = response.body()) {
        requireFound(response.statusCode(), location);
        OptionalLong length = response.headers().firstValueAsLong("Content-Length");
        return save(body, length, directory, progress);
      } finally {
        // Without it the client waits for a server that stalls.
        client.shutdownNow();
      }
    } catch (IOException e) {
      throw new IOException("could not download " + location + ": " + reason(e), e);
    }
  }

  private HttpResponse<InputStream> send(HttpClient client, URI uri) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(stallTimeout)
            .header("User-Agent", "stravinsky")
            .GET()
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void requireFound(int status, String location) throws IOException {
    if (status == 404 || status == 410) {
      throw new NotFoundException(
          Problem.of(ErrorKind.UNKNOWN, "there is no release at " + location)
              .leaving("nothing was changed")
              .next("curl -I " + location));
    }
    if (status != 200) {
      throw new IOException("the server answered with status " + status);
    }
  }

  private Path save(InputStream body, OptionalLong length, Path directory, Progress progress)
      throws IOException {
    Path file = directory.resolve(FILE);
    AtomicLong received = new AtomicLong();
    try (Watchdog watchdog = new Watchdog(body, received, stallTimeout)) {
      InputStream counted = new Counted(body, received, limits, length.orElse(0), progress);
      try {
        FileWrites.create(file, counted, FileWrites.PRIVATE_FILE);
      } catch (IOException e) {
        throw watchdog.bit()
            ? new IOException("nothing came for " + stallTimeout.toSeconds() + " seconds", e)
            : e;
      }
    }
    return file;
  }

  private static URI uri(String location) {
    try {
      URI uri = URI.create(location);
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Told below, as for an address without a host.
    }
    throw new UsageException(
        Problem.of(ErrorKind.UNKNOWN, "not an address: " + location)
            .leaving("nothing was changed")
            .next("stravinsky update --help"));
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  /** Counts, and stops an endless body. */
  private static final class Counted extends FilterInputStream {
    private final AtomicLong received;
    private final Limits limits;
    private final long total;
    private final Progress progress;

    Counted(InputStream in, AtomicLong received, Limits limits, long total, Progress progress) {
      super(in);
      this.received = received;
      this.limits = limits;
      this.total = total;
      this.progress = progress;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      if (n > 0) {
        long now = received.addAndGet(n);
        if (now > limits.totalBytes()) {
          throw Refusals.refused("the download is larger than " + limits.totalBytes() + " bytes");
        }
        progress.report("Downloading", now, total);
      }
      return n;
    }
  }
}
