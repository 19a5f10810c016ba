package dev.stravinsky.release.transport;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an answer's headers say, as RFC 9110 has it; what cannot be read is as if not there. */
record Answer(HttpHeaders headers) {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("\\s*bytes\\s+([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)\\s*");

  /** Fewer would not tell two changes in one second apart (RFC 9110, 8.8.2.2). */
  private static final Duration SETTLED = Duration.ofSeconds(1);

  /**
   * By what {@code If-Range} can ask whether the file is still the same: a strong ETag, or else the
   * time of its last change if that is long enough ago to be one content's only.
   */
  Optional<String> validator() {
    Optional<String> tag = headers.firstValue("ETag").map(String::strip);
    if (tag.isPresent()) {
      return tag.filter(it -> it.startsWith("\"") && it.endsWith("\"") && it.length() > 1);
    }
    Optional<Instant> changed = date("Last-Modified");
    Optional<Instant> now = date("Date");
    boolean settled =
        changed.isPresent() && now.isPresent() && !changed.get().plus(SETTLED).isAfter(now.get());
    return settled ? headers.firstValue("Last-Modified").map(String::strip) : Optional.empty();
  }

  OptionalLong length() {
    return headers.firstValue("Content-Length").map(Answer::number).orElse(OptionalLong.empty());
  }

  /** The part that came. */
  Optional<ContentRange> range() {
    return headers
        .firstValue("Content-Range")
        .map(CONTENT_RANGE::matcher)
        .filter(Matcher::matches)
        .map(
            m ->
                new ContentRange(
                    Long.parseLong(m.group(1)), Long.parseLong(m.group(2)), number(m.group(3))));
  }

  /** How long the server wants to be left alone, by its own clock or else by ours. */
  Optional<Duration> retryAfter(Instant ours) {
    Optional<String> written = headers.firstValue("Retry-After").map(String::strip);
    Optional<Duration> seconds =
        written
            .map(Answer::number)
            .filter(OptionalLong::isPresent)
            .map(n -> Duration.ofSeconds(Math.min(n.getAsLong(), Integer.MAX_VALUE)));
    return seconds.or(
        () ->
            date("Retry-After")
                .map(then -> Duration.between(date("Date").orElse(ours), then))
                .map(d -> d.isNegative() ? Duration.ZERO : d));
  }

  private Optional<Instant> date(String header) {
    return headers.firstValue(header).flatMap(Answer::instant);
  }

  private static Optional<Instant> instant(String written) {
    try {
      return Optional.of(
          ZonedDateTime.parse(written.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static OptionalLong number(String written) {
    return written.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(written))
        : OptionalLong.empty();
  }

  /** The bytes from the first to the last, both included, of a file of this size if it is told. */
  record ContentRange(long first, long last, OptionalLong size) {}
}
