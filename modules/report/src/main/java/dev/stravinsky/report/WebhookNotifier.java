package dev.stravinsky.report;

import dev.stravinsky.spi.Cancellation;
import dev.stravinsky.spi.Notification;
import dev.stravinsky.spi.Notifier;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Posts {@link NotificationJson} to an address. Redirections are not followed. */
final class WebhookNotifier implements Notifier {
  private static final Duration TIME_LIMIT = Duration.ofSeconds(4);
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int REQUEST_TIMEOUT = 408;

  private final URI address;

  WebhookNotifier(String address) {
    this.address = URI.create(address);
  }

  /** The host alone: the rest of such an address is a password. */
  @Override
  public String id() {
    return "webhook " + address.getHost();
  }

  @Override
  public void send(Notification notification, Cancellation cancellation) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(TIME_LIMIT)
            .header("Content-Type", "application/json; charset=utf-8")
            .header("User-Agent", "stravinsky")
            .POST(HttpRequest.BodyPublishers.ofString(NotificationJson.of(notification)))
            .build();
    int status;
    HttpClient client = HttpClient.newBuilder().connectTimeout(TIME_LIMIT).build();
    try {
      status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } finally {
      client.shutdownNow();
    }
    if (status / 100 == 2) {
      return;
    }
    String answer = address.getHost() + " answered with status " + status;
    if (status >= 500 || status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT) {
      throw new IOException(answer);
    }
    throw new RefusedByReceiverException(answer);
  }
}
