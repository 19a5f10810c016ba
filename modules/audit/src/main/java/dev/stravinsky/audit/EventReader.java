package dev.stravinsky.audit;

import dev.stravinsky.api.Times;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads lines of the log back into events. */
final class EventReader {
  private static final JsonFactory JSON = new JsonFactory();

  private EventReader() {}

  /** The event; empty if the line is damaged or of a kind that this version does not know. */
  static Optional<AuditEvent> read(byte[] line) {
    Map<String, String> fields = new HashMap<>();
    Map<String, String> details = new TreeMap<>();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (token == JsonToken.START_OBJECT && name.equals("details")) {
          readDetails(parser, details);
        } else if (token != JsonToken.VALUE_NULL) {
          parser.skipChildren();
          fields.put(name, parser.getString());
        }
      }
      return Optional.of(event(fields, details));
    } catch (JacksonException
        | IllegalArgumentException
        | DateTimeException
        | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** Reads an object of texts as {@link EventLine} writes details. */
  static Map<String, String> readDetails(String json) {
    Map<String, String> details = new TreeMap<>();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        readDetails(parser, details);
      }
    }
    return details;
  }

  private static void readDetails(JsonParser parser, Map<String, String> details) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      parser.skipChildren();
      details.put(name, String.valueOf(parser.getString()));
    }
  }

  private static AuditEvent event(Map<String, String> fields, Map<String, String> details) {
    EventDraft content =
        new EventDraft(
            required(fields, "event_id"),
            EventType.valueOf(required(fields, "event_type")),
            EventStatus.valueOf(required(fields, "status").toUpperCase(Locale.ROOT)),
            Optional.ofNullable(fields.get("version")),
            Optional.ofNullable(fields.get("previous_version")),
            required(fields, "scope"),
            Optional.ofNullable(fields.get("duration_seconds")).map(EventReader::duration),
            details,
            Optional.ofNullable(fields.get("error")));
    return new AuditEvent(
        Long.parseLong(required(fields, "seq")),
        Times.parse(required(fields, "timestamp")),
        required(fields, "user"),
        required(fields, "hostname"),
        content,
        required(fields, "prev_hash"),
        required(fields, "hash"));
  }

  static Duration duration(String seconds) {
    return Duration.ofNanos(new BigDecimal(seconds).movePointRight(9).longValueExact());
  }

  private static String required(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("an event without " + name);
    }
    return value;
  }
}
