package dev.stravinsky.audit;

import dev.stravinsky.api.Redaction;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailHead;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * One event as one line: a JSON object with these fields in this order and no white space, {@code
 * seq, event_id, timestamp, event_type, version, previous_version, scope, user, hostname, status,
 * duration_seconds, details, error, prev_hash, hash}. What is not known is {@code null}; {@code
 * details} is an object of texts sorted by name. {@code hash} is the SHA-256 of the line's bytes
 * without the field itself, that is with <code>,"hash":"..."</code> cut out.
 */
final class EventLine {
  /** Longer texts are cut: an event is a line to read, not an archive. */
  private static final int MAX_TEXT = 16_384;

  private EventLine() {}

  /** The event that follows {@code before}, and its line without the newline. */
  record Written(AuditEvent event, byte[] line) {}

  static Written write(
      EventDraft draft, TrailHead before, Instant now, String user, String hostname) {
    EventDraft content = clean(draft);
    Instant timestamp = now.truncatedTo(ChronoUnit.MICROS);
    long seq = before.seq() + 1;
    StringBuilder out = new StringBuilder(512);
    out.append("{\"seq\":").append(seq);
    text(out, "event_id", Optional.of(content.eventId()));
    text(out, "timestamp", Optional.of(timestamp(timestamp)));
    text(out, "event_type", Optional.of(content.type().name()));
    text(out, "version", content.version());
    text(out, "previous_version", content.previousVersion());
    text(out, "scope", Optional.of(content.scope()));
    text(out, "user", Optional.of(user));
    text(out, "hostname", Optional.of(hostname));
    text(out, "status", Optional.of(content.status().written()));
    out.append(",\"duration_seconds\":");
    out.append(content.duration().map(EventLine::seconds).orElse("null"));
    details(out, content.details());
    text(out, "error", content.error());
    text(out, "prev_hash", Optional.of(before.hash()));
    String hash = Sha256.of((out + "}").getBytes(StandardCharsets.UTF_8)).hex();
    text(out, "hash", Optional.of(hash));
    byte[] line = out.append('}').toString().getBytes(StandardCharsets.UTF_8);
    return new Written(
        new AuditEvent(seq, timestamp, user, hostname, content, before.hash(), hash), line);
  }

  /** Whether its hash is that of a line with just its content. */
  static boolean hasItsHash(AuditEvent event) {
    TrailHead before = new TrailHead(event.seq() - 1, event.prevHash());
    Written again =
        write(event.content(), before, event.timestamp(), event.user(), event.hostname());
    return again.event().hash().equals(event.hash());
  }

  /**
   * Whether a line can be an event of this type: quick, to leave out most of those that are not.
   */
  static boolean mayBe(byte[] line, EventType type) {
    String written = "\"event_type\":\"" + type.name() + '"';
    return new String(line, StandardCharsets.ISO_8859_1).contains(written);
  }

  /** UTC with exactly six digits of a second, so that the order of the texts is that of time. */
  static String timestamp(Instant at) {
    OffsetDateTime time = at.atOffset(ZoneOffset.UTC);
    StringBuilder out = new StringBuilder(27);
    padded(out, time.getYear(), 4).append('-');
    padded(out, time.getMonthValue(), 2).append('-');
    padded(out, time.getDayOfMonth(), 2).append('T');
    padded(out, time.getHour(), 2).append(':');
    padded(out, time.getMinute(), 2).append(':');
    padded(out, time.getSecond(), 2).append('.');
    return padded(out, time.getNano() / 1000, 6).append('Z').toString();
  }

  static String seconds(Duration duration) {
    BigDecimal micros = BigDecimal.valueOf(duration.toNanos() / 1000, 6);
    return micros.signum() == 0 ? "0" : micros.stripTrailingZeros().toPlainString();
  }

  /** As the line will say it: secrets hidden, nothing but text, whole microseconds. */
  private static EventDraft clean(EventDraft draft) {
    Map<String, String> details = new java.util.TreeMap<>();
    Redaction.of(draft.details()).forEach((name, value) -> details.put(cut(name), cut(value)));
    return new EventDraft(
        cut(draft.eventId()),
        draft.type(),
        draft.status(),
        draft.version().map(EventLine::cut),
        draft.previousVersion().map(EventLine::cut),
        cut(draft.scope()),
        draft.duration().map(d -> d.truncatedTo(ChronoUnit.MICROS)),
        details,
        draft.error().map(Redaction::of).map(EventLine::cut));
  }

  /** Without what is no text (zeros, halves of characters), and of a reasonable length. */
  static String cut(String written) {
    String text = JsonStrings.wellFormed(written);
    if (text.length() <= MAX_TEXT) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
    return text.substring(0, end) + "... (" + (text.length() - end) + " more characters)";
  }

  private static void text(StringBuilder out, String name, Optional<String> value) {
    out.append(",\"").append(name).append("\":");
    value.ifPresentOrElse(v -> JsonStrings.append(out, v), () -> out.append("null"));
  }

  private static void details(StringBuilder out, Map<String, String> details) {
    out.append(",\"details\":");
    detailsObject(out, details);
  }

  static void detailsObject(StringBuilder out, Map<String, String> details) {
    out.append('{');
    String separator = "";
    for (Map.Entry<String, String> detail : details.entrySet()) {
      out.append(separator);
      JsonStrings.append(out, detail.getKey());
      out.append(':');
      JsonStrings.append(out, detail.getValue());
      separator = ",";
    }
    out.append('}');
  }

  private static StringBuilder padded(StringBuilder out, int number, int width) {
    String digits = Integer.toString(number);
    return out.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
  }
}
