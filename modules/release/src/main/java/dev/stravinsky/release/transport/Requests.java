package dev.stravinsky.release.transport;

import dev.stravinsky.api.Redaction;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;

/**
 * Asks for one address and follows where the server sends it: ten times at most, never from https
 * to http, never to anything that is neither.
 */
final class Requests implements AutoCloseable {
  private static final int MAX_REDIRECTS = 10;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final HttpClient client;
  private final Proxies proxies;
  private final Patience patience;

  Requests(Proxies proxies, Patience patience) {
    this.proxies = proxies;
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(patience.connect())
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(proxies)
            .build();
  }

  /**
   * From which byte on a file is asked for.
   *
   * @param validator the ETag or date under which the bytes before were got
   */
  record Range(long from, String validator) {}

  /** The answer that is no redirect; the caller closes its body. */
  HttpResponse<InputStream> get(Address address, Optional<Range> range) throws IOException {
    URI place = address.uri();
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      HttpResponse<InputStream> response = send(request(address, place, range));
      Optional<String> location = response.headers().firstValue("Location");
      if (!REDIRECTS.contains(response.statusCode()) || location.isEmpty()) {
        return response;
      }
      response.body().close();
      place = next(place, location.get());
    }
    throw refused(
        address + " leads to more than " + MAX_REDIRECTS + " others, one after the other");
  }

  /** What is connected to for an address, for messages. */
  String server(Address address) {
    URI uri = address.uri();
    return proxies
        .shown(uri)
        .map(proxy -> "the proxy " + proxy)
        .orElseGet(() -> uri.getHost() + ":" + Address.port(uri));
  }

  /** Ends what still runs: without it a server that stalls would be waited for. */
  @Override
  public void close() {
    client.shutdownNow();
  }

  private HttpRequest request(Address address, URI place, Optional<Range> range) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(place)
            .timeout(patience.stall())
            .header("User-Agent", "stravinsky")
            .header("Accept-Encoding", "identity")
            .GET();
    address.authorizationFor(place).ifPresent(it -> request.header("Authorization", it));
    proxies.authorizationFor(place).ifPresent(it -> request.header("Proxy-Authorization", it));
    range.ifPresent(
        it ->
            request.header("Range", "bytes=" + it.from() + "-").header("If-Range", it.validator()));
    return request.build();
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  static URI next(URI from, String location) {
    try {
      URI to = resolve(from, new URI(location));
      if (to.getHost() != null && Address.isOne(to.toString())) {
        if (from.getScheme().equalsIgnoreCase("https")
            && !to.getScheme().equalsIgnoreCase("https")) {
          throw refused(shown(from) + " leads from https to http: " + shown(to));
        }
        return Address.plain(to);
      }
    } catch (URISyntaxException e) {
      // Told below, as for a place that is none of the web.
    }
    throw refused(
        shown(from) + " leads to what is no http or https address: " + readable(location));
  }

  /** Java resolves as RFC 2396 has it, which loses the file's name before a mere query. */
  private static URI resolve(URI from, URI reference) throws URISyntaxException {
    boolean queryOnly =
        reference.getScheme() == null
            && reference.getRawAuthority() == null
            && reference.getRawPath().isEmpty();
    if (!queryOnly) {
      return from.resolve(reference);
    }
    String query = reference.getRawQuery() == null ? from.getRawQuery() : reference.getRawQuery();
    return new URI(
        from.getScheme()
            + "://"
            + from.getRawAuthority()
            + from.getRawPath()
            + (query == null ? "" : "?" + query));
  }

  /** A server's words do not steer the terminal. */
  private static String readable(String location) {
    String plain = Redaction.of(location).replaceAll("\\p{Cntrl}", "?");
    return plain.substring(0, Math.min(plain.length(), 200));
  }

  private static String shown(URI place) {
    return Redaction.of(place.toString());
  }

  private static RefusedException refused(String message) {
    return new RefusedException(
        Problem.of(ErrorKind.UNKNOWN, message)
            .leaving("nothing was changed")
            .next("stravinsky update --help"));
  }
}
