package dev.stravinsky.validator.external;

import dev.stravinsky.spi.Cancellation;
import dev.stravinsky.spi.Notification;
import dev.stravinsky.spi.Notifier;
import java.time.Duration;

/** A plugin's notifiers. */
record HostedNotifier(HostedService service) implements Notifier {
  private static final Duration LIMIT = Duration.ofSeconds(4);

  @Override
  public String id() {
    return service.id();
  }

  @Override
  public void send(Notification notification, Cancellation cancellation)
      throws PluginFailedException {
    service.call("send", LIMIT, cancellation, out -> ServiceWriter.notification(notification, out));
  }
}
