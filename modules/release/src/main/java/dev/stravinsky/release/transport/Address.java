package dev.stravinsky.release.transport;

import dev.stravinsky.api.Redaction;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.UsageException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Where something is fetched from. User and password in it go to that server and to no other, and
 * into no message.
 *
 * @param uri without user, password and fragment
 * @param authorization the header made of user and password
 */
record Address(URI uri, Optional<String> authorization) {

  static boolean isOne(String location) {
    return location.regionMatches(true, 0, "http://", 0, 7)
        || location.regionMatches(true, 0, "https://", 0, 8);
  }

  /** Reads what was typed or written. */
  static Address of(String location) {
    try {
      URI uri = new URI(location.strip());
      if (isOne(location) && uri.getHost() != null) {
        return new Address(plain(uri), basic(uri));
      }
    } catch (URISyntaxException e) {
      // Told below, as for an address without a host.
    }
    throw new UsageException(
        Problem.of(ErrorKind.UNKNOWN, "not an address: " + Redaction.of(location))
            .leaving("nothing was changed")
            .next("stravinsky update --help"));
  }

  /** The header for a request to this place: only for the scheme, host and port that it was for. */
  Optional<String> authorizationFor(URI place) {
    return authorization.filter(header -> origin(place).equals(origin(uri)));
  }

  @Override
  public String toString() {
    return Redaction.of(uri.toString());
  }

  static int port(URI uri) {
    return uri.getPort() >= 0
        ? uri.getPort()
        : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }

  private static String origin(URI uri) {
    return (uri.getScheme() + "://" + uri.getHost() + ":" + port(uri)).toLowerCase(Locale.ROOT);
  }

  /** From the encoded parts: to decode and encode again would change the path. */
  static URI plain(URI uri) throws URISyntaxException {
    StringBuilder text = new StringBuilder(uri.getScheme() + "://" + uri.getHost());
    if (uri.getPort() >= 0) {
      text.append(':').append(uri.getPort());
    }
    text.append(uri.getRawPath().isEmpty() ? "/" : uri.getRawPath());
    if (uri.getRawQuery() != null) {
      text.append('?').append(uri.getRawQuery());
    }
    return new URI(new URI(text.toString()).toASCIIString());
  }

  /** The header of RFC 7617 for the user and password of an address, if it has them. */
  static Optional<String> basic(URI uri) {
    return Optional.ofNullable(uri.getUserInfo())
        .map(info -> info.contains(":") ? info : info + ":")
        .map(info -> Base64.getEncoder().encodeToString(info.getBytes(StandardCharsets.UTF_8)))
        .map(encoded -> "Basic " + encoded);
  }
}
