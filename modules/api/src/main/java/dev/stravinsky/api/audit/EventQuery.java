package dev.stravinsky.api.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which events are asked for: all conditions that are given must hold.
 *
 * @param from inclusive
 * @param to exclusive
 * @param limit at most so many, the newest
 */
public record EventQuery(
    Optional<EventType> type,
    Optional<String> version,
    Optional<EventStatus> status,
    Optional<String> scope,
    Optional<Instant> from,
    Optional<Instant> to,
    OptionalInt limit) {

  /** Every event. */
  public static final EventQuery ALL =
      new EventQuery(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty());

  public EventQuery withType(EventType wanted) {
    return new EventQuery(Optional.of(wanted), version, status, scope, from, to, limit);
  }

  public EventQuery withLimit(int most) {
    return new EventQuery(type, version, status, scope, from, to, OptionalInt.of(most));
  }

  public EventQuery withFrom(Instant earliest) {
    return new EventQuery(type, version, status, scope, Optional.of(earliest), to, limit);
  }
}
