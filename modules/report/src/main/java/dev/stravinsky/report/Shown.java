package dev.stravinsky.report;

import dev.stravinsky.api.Redaction;
import dev.stravinsky.spi.Notification;

/** A notification as it may leave the machine. */
final class Shown {
  private Shown() {}

  static Notification of(Notification notification) {
    return new Notification(
        notification.event(),
        notification.critical(),
        Redaction.of(notification.summary()),
        notification.nextCommand().map(Redaction::of),
        notification.hostname(),
        notification.timestamp());
  }
}
