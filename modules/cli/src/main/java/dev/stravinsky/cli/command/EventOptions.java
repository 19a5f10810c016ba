package dev.stravinsky.cli.command;

import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.cli.command.Arguments.Value;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which events are asked for. */
final class EventOptions {
  private static final Pattern SPAN = Pattern.compile("(\\d{1,6})([smhdw])");

  private final Value<EventType> type;
  private final Value<String> version;
  private final Value<EventStatus> status;
  private final Value<String> from;
  private final Value<String> to;
  private final Value<String> since;

  EventOptions(Arguments arguments) {
    this.type =
        arguments.option(
            "--type", "T", EventType.class, "Only this type, for example UPDATE_FAILED.");
    this.version = arguments.option("--version", "V", "Only about this version.");
    this.status =
        arguments.option(
            "--status", "S", EventStatus.class, "Only success, failed, rolled_back or blocked.");
    this.from =
        arguments.option(
            "--from", "D", "Not before: a date (2026-01-31) or a time (2026-01-31T12:00).");
    this.to = arguments.option("--to", "D", "Only before.");
    this.since = arguments.option("--since", "SPAN", "Only the last 24h, 7d, 30m, ...");
  }

  EventQuery query(OptionalInt limit, Clock clock) {
    Optional<Instant> earliest =
        since.given().map(span -> ago(span, clock)).or(() -> from.given().map(EventOptions::time));
    return new EventQuery(
        type.given(),
        version.given(),
        status.given(),
        Optional.empty(),
        earliest,
        to.given().map(EventOptions::time),
        limit);
  }

  /** The moment that long ago. */
  static Instant ago(String span, Clock clock) {
    Matcher matcher = SPAN.matcher(span);
    if (!matcher.matches()) {
      throw notTaken(span, "a span of time", "--since 24h");
    }
    long number = Long.parseLong(matcher.group(1));
    Duration length =
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          case "d" -> Duration.ofDays(number);
          default -> Duration.ofDays(7 * number);
        };
    return clock.instant().minus(length);
  }

  /** A date or time in the local zone, or one with a zone of its own. */
  private static Instant time(String written) {
    try {
      if (!written.contains("T")) {
        return LocalDate.parse(written).atStartOfDay(ZoneId.systemDefault()).toInstant();
      }
      return written.endsWith("Z") || written.matches(".*[+-]\\d\\d:\\d\\d")
          ? OffsetDateTime.parse(written).toInstant()
          : LocalDateTime.parse(written).atZone(ZoneId.systemDefault()).toInstant();
    } catch (DateTimeParseException e) {
      throw notTaken(written, "a date or time", "--from 2026-01-31");
    }
  }

  private static UsageException notTaken(String written, String wanted, String example) {
    return new UsageException(
        Problem.of(ErrorKind.UNKNOWN, "\"" + written + "\" is not " + wanted)
            .leaving("nothing was changed")
            .next("stravinsky audit log " + example));
  }
}
