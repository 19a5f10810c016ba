package dev.stravinsky.release.transport;

import dev.stravinsky.api.error.DownloadFailedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.error.ShellWord;
import dev.stravinsky.release.transport.Download.Broken;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What can go wrong with one address: worth another attempt, or the end, in words for people. */
final class DownloadFailures {
  /** Those by which a server says that it is busy or broken, not that the request is wrong. */
  private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);

  private final Address address;
  private final String server;

  /**
   * @param server what is connected to: the proxy, if there is one
   */
  DownloadFailures(Address address, String server) {
    this.address = address;
    this.server = server;
  }

  /**
   * No answer came.
   *
   * @param reachedBefore whether the same address has answered before
   * @throws DownloadFailedException if another attempt would end the same way
   */
  Broken noAnswer(IOException failure, Patience patience, boolean reachedBefore) {
    if (caused(failure, UnresolvedAddressException.class) && !reachedBefore) {
      throw failed("there is no host of this name: " + server, failure);
    }
    if (caused(failure, SSLHandshakeException.class)
        || caused(failure, SSLPeerUnverifiedException.class)) {
      throw failed("the server cannot prove who it is: " + words(failure), failure);
    }
    String reason =
        switch (failure) {
          case HttpConnectTimeoutException e ->
              "no connection within " + seconds(patience.connect());
          case HttpTimeoutException e -> "no answer within " + seconds(patience.stall());
          case ConnectException e -> "no connection to " + server;
          default -> words(failure);
        };
    return new Broken(reason, Optional.empty(), Optional.of(failure));
  }

  /**
   * Another status than those with a body.
   *
   * @throws NotFoundException if there is nothing
   * @throws DownloadFailedException if another attempt would end the same way
   */
  Broken status(int status, Optional<Duration> retryAfter) {
    if (status == 404 || status == 410) {
      throw new NotFoundException(
          problem("there is no release at " + address + " (status " + status + ")"));
    }
    String reason = "the server answered with status " + status;
    if (!PASSING.contains(status)) {
      throw new DownloadFailedException(
          problem("could not download " + address + ": " + reason + meaning(status)));
    }
    return new Broken(reason, retryAfter, Optional.empty());
  }

  Broken stalled(Patience patience) {
    return Broken.because(
        patience.leastBytes() > 1
            ? "less than " + patience.leastBytes() + " bytes came in " + seconds(patience.stall())
            : "nothing came for " + seconds(patience.stall()));
  }

  Broken cut(IOException failure) {
    return new Broken("the connection was cut", Optional.empty(), Optional.of(failure));
  }

  /** After the last attempt. */
  DownloadFailedException gaveUp(Broken last, int attempts, PartialFile part) {
    String got =
        part.size() == 0
            ? ""
            : "; "
                + part.size()
                + " bytes came"
                + (part.total().isPresent() ? " of " + part.total().getAsLong() : "");
    return broken(last, last.reason() + " (tried " + attempts + " times" + got + ")");
  }

  /** Where the server wants more patience than there is. */
  DownloadFailedException tooBusy(Broken last, Duration asked) {
    return broken(
        last, last.reason() + " and asks to come back in " + asked.toSeconds() + " seconds");
  }

  /** What comes is not what is wanted. */
  RefusedException refused(String what) {
    return new RefusedException(problem("the download " + address + " " + what));
  }

  private DownloadFailedException broken(Broken last, String reason) {
    Problem problem = problem("could not download " + address + ": " + reason);
    return last.cause()
        .map(cause -> new DownloadFailedException(problem, cause))
        .orElseGet(() -> new DownloadFailedException(problem));
  }

  private DownloadFailedException failed(String reason, IOException cause) {
    return new DownloadFailedException(
        problem("could not download " + address + ": " + reason), cause);
  }

  private Problem problem(String message) {
    return Problem.of(ErrorKind.UNKNOWN, message)
        .leaving("nothing was changed")
        .next("curl -I " + ShellWord.of(address));
  }

  private static String meaning(int status) {
    return switch (status) {
      case 401, 403 -> ": it wants a user and password, https://USER:PASSWORD@HOST/..., or others";
      case 407 -> ": the proxy wants a user and password, http://USER:PASSWORD@HOST:PORT";
      default -> "";
    };
  }

  private static boolean caused(Throwable failure, Class<? extends Throwable> by) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (by.isInstance(each)) {
        return true;
      }
    }
    return false;
  }

  private static String words(IOException failure) {
    return failure.getMessage() == null
        ? failure.getClass().getSimpleName()
        : failure.getMessage().replaceAll("\\p{Cntrl}", "?");
  }

  private static String seconds(Duration time) {
    return time.toMillis() % 1000 == 0
        ? time.toSeconds() + " seconds"
        : time.toMillis() + " milliseconds";
  }
}
