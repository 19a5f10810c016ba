package dev.stravinsky.report;

import dev.stravinsky.spi.Notification;
import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A notification as commands and webhooks get it: a JSON object with {@code format} (1), {@code
 * event}, {@code critical}, {@code summary}, {@code next_command} (or null), {@code hostname},
 * {@code timestamp} (UTC), and {@code text}: all of it in one line, under the name that chat
 * programs look for.
 */
final class NotificationJson {
  private NotificationJson() {}

  static String of(Notification notification) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeNumberProperty("format", 1);
      json.writeStringProperty("event", notification.event());
      json.writeBooleanProperty("critical", notification.critical());
      json.writeStringProperty("summary", notification.summary());
      json.writeStringProperty("next_command", notification.nextCommand().orElse(null));
      json.writeStringProperty("hostname", notification.hostname());
      json.writeStringProperty("timestamp", notification.timestamp().toString());
      json.writeStringProperty("text", text(notification));
      json.writeEndObject();
    }
    return out.toString();
  }

  static String text(Notification notification) {
    return "Stravinsky on "
        + notification.hostname()
        + (notification.critical() ? ", CRITICAL: " : ": ")
        + notification.summary()
        + notification.nextCommand().map(command -> " (next: " + command + ")").orElse("");
  }
}
