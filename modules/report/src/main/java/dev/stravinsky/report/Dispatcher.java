package dev.stravinsky.report;

import dev.stravinsky.api.Providers;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.audit.AuditTrail;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.config.Settings.NotifySetting;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.report.Notifications;
import dev.stravinsky.spi.Notification;
import dev.stravinsky.spi.Notifier;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;

/**
 * Starts a {@link Delivery} for each notifier and gives all of them a moment when the command ends.
 */
final class Dispatcher implements Notifications, AutoCloseable {
  /** How long a command that is done may wait for what it has to tell. */
  private static final Duration LAST_MOMENT = Duration.ofSeconds(5);

  private final Services services;
  private final AuditTrail trail;
  private final List<Delivery> deliveries = new ArrayList<>();

  Dispatcher(Services services) {
    this.services = services;
    // Asked for now, so that it is closed after this object, which writes failures into it.
    this.trail = services.audit();
  }

  @Override
  public synchronized void send(Notification notification) {
    Notification shown = Shown.of(notification);
    for (Notifier notifier : notifiers()) {
      Delivery delivery = new Delivery(notifier, shown);
      deliveries.add(delivery);
      delivery.start();
    }
  }

  private List<Notifier> notifiers() {
    List<Notifier> notifiers = new ArrayList<>();
    try {
      for (NotifySetting setting : services.settings().notifiers()) {
        notifiers.add(
            setting.type().equals("command")
                ? new CommandNotifier(setting.destination())
                : new WebhookNotifier(setting.destination().getFirst()));
      }
    } catch (IOException | StravinskyException e) {
      // The command that sends has failed over the same settings and says so itself.
    }
    try {
      Providers.of(Notifier.class).forEach(notifiers::add);
    } catch (ServiceConfigurationError e) {
      // A broken extension must not keep the others from being told.
    }
    notifiers.addAll(services.pluginServices().all(Notifier.class));
    return notifiers;
  }

  /** Waits a few seconds at most; what is not delivered then goes into the trail as a failure. */
  @Override
  public synchronized void close() {
    long giveUp = System.nanoTime() + LAST_MOMENT.toNanos();
    for (Delivery delivery : deliveries) {
      delivery.await(Duration.ofNanos(Math.max(1, giveUp - System.nanoTime())));
    }
    for (Delivery delivery : deliveries) {
      delivery.failure().ifPresent(failure -> record(delivery, failure));
    }
    deliveries.clear();
  }

  private void record(Delivery delivery, String failure) {
    EventDraft event =
        EventDraft.of(
                services.environment().ids().get() + "-NOTIFICATION_FAILED",
                EventType.NOTIFICATION_FAILED,
                EventStatus.FAILED,
                Scope.USER.key())
            .withDetails(
                Map.of("notifier", delivery.id(), "about", delivery.notification().event()))
            .withError(failure);
    try {
      trail.append(event);
    } catch (IOException | StravinskyException e) {
      // There is nobody left to tell.
    }
  }
}
