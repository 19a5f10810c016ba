package dev.stravinsky.release.transport;

import dev.stravinsky.api.Redaction;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.UsageException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxies that the environment variables name, read as curl reads them: {@code http_proxy} only
 * in small letters (a web server gives its programs an {@code HTTP_PROXY} that a visitor chose),
 * {@code https_proxy}, {@code all_proxy} and {@code no_proxy} in small or capital ones, the small
 * ones first. Only proxies that speak http are known; another kind is an error, not ignored, since
 * going past a proxy may be forbidden.
 */
final class Proxies extends ProxySelector {
  private final Map<String, String> variables;

  Proxies(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  @Override
  public List<Proxy> select(URI place) {
    return List.of(
        named(place)
            .map(uri -> InetSocketAddress.createUnresolved(uri.getHost(), port(uri)))
            .map(address -> new Proxy(Proxy.Type.HTTP, address))
            .orElse(Proxy.NO_PROXY));
  }

  @Override
  public void connectFailed(URI place, SocketAddress proxy, IOException failure) {
    // The caller gets the same exception.
  }

  /** The {@code Proxy-Authorization} that the proxy for this place wants, if it wants one. */
  Optional<String> authorizationFor(URI place) {
    return named(place).flatMap(Address::basic);
  }

  /** For messages: through which proxy a place is reached. */
  Optional<String> shown(URI place) {
    return named(place).map(uri -> uri.getHost() + ":" + port(uri));
  }

  /**
   * Throws a {@link UsageException} if the variable that counts for this place cannot be obeyed.
   */
  private Optional<URI> named(URI place) {
    return excepted(place) ? Optional.empty() : variable(place).flatMap(Proxies::read);
  }

  private Optional<Map.Entry<String, String>> variable(URI place) {
    Stream<String> names =
        place.getScheme().equalsIgnoreCase("https")
            ? Stream.of("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
            : Stream.of("http_proxy", "all_proxy", "ALL_PROXY");
    return names
        .filter(variables::containsKey)
        .findFirst()
        .map(name -> Map.entry(name, variables.get(name).strip()))
        .filter(variable -> !variable.getValue().isEmpty());
  }

  private static Optional<URI> read(Map.Entry<String, String> variable) {
    String written = variable.getValue();
    try {
      URI uri = new URI(written.contains("://") ? written : "http://" + written);
      if (uri.getScheme().equalsIgnoreCase("http") && uri.getHost() != null) {
        return Optional.of(uri);
      }
    } catch (URISyntaxException e) {
      // Told below, as for another kind of proxy.
    }
    throw new UsageException(
        Problem.of(
                ErrorKind.UNKNOWN,
                variable.getKey()
                    + " is no proxy that can be used: "
                    + Redaction.of(written)
                    + " (known is http://HOST:PORT)")
            .leaving("nothing was changed")
            .next("export " + variable.getKey() + "=http://HOST:PORT"));
  }

  /** Without a port it is 1080, as in curl. */
  private static int port(URI proxy) {
    return proxy.getPort() >= 0 ? proxy.getPort() : 1080;
  }

  private boolean excepted(URI place) {
    String list =
        Stream.of("no_proxy", "NO_PROXY")
            .filter(variables::containsKey)
            .findFirst()
            .map(variables::get)
            .orElse("");
    return Stream.of(list.toLowerCase(Locale.ROOT).split("[,\\s]+"))
        .filter(each -> !each.isEmpty())
        .anyMatch(each -> matches(each, place));
  }

  /** A host, a domain with all in it, either with a port, an address, or a star for everything. */
  private static boolean matches(String exception, URI place) {
    if (exception.equals("*")) {
      return true;
    }
    String host = place.getHost().toLowerCase(Locale.ROOT);
    String name = exception.startsWith("*.") ? exception.substring(1) : exception;
    int colon = name.lastIndexOf(':');
    boolean withPort = colon > 0 && name.substring(colon + 1).matches("[0-9]+");
    // The colons of a bare IPv6 address come before no port.
    if (withPort && (name.indexOf(':') == colon || name.charAt(colon - 1) == ']')) {
      if (!name.substring(colon + 1).equals(Integer.toString(Address.port(place)))) {
        return false;
      }
      name = name.substring(0, colon);
    }
    String bare = name.startsWith(".") ? name.substring(1) : name;
    return unbracketed(host).equals(unbracketed(bare)) || host.endsWith("." + bare);
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
