package dev.stravinsky.api.audit;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An event before it is in the trail, which adds sequence, time, user, host and the chain.
 *
 * @param eventId unique; {@code <tx>-<state>} for transactions, so that none is written twice
 * @param version what the operation was about, empty where it is not about a version
 * @param duration how long it took, empty while it goes on
 * @param details what else is worth knowing, without secrets
 * @param error the error in a sentence
 */
public record EventDraft(
    String eventId,
    EventType type,
    EventStatus status,
    Optional<String> version,
    Optional<String> previousVersion,
    String scope,
    Optional<Duration> duration,
    Map<String, String> details,
    Optional<String> error) {

  public EventDraft {
    details = java.util.Collections.unmodifiableMap(new TreeMap<>(details));
  }

  /** An event of which only the outline is known; the {@code with...} methods add to it. */
  public static EventDraft of(String eventId, EventType type, EventStatus status, String scope) {
    return new EventDraft(
        eventId,
        type,
        status,
        Optional.empty(),
        Optional.empty(),
        scope,
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }

  public EventDraft withVersions(String from, String to) {
    return new EventDraft(
        eventId, type, status, Optional.of(to), Optional.of(from), scope, duration, details, error);
  }

  public EventDraft withVersion(String about) {
    return new EventDraft(
        eventId,
        type,
        status,
        Optional.of(about),
        previousVersion,
        scope,
        duration,
        details,
        error);
  }

  public EventDraft withDuration(Duration took) {
    return new EventDraft(
        eventId, type, status, version, previousVersion, scope, Optional.of(took), details, error);
  }

  public EventDraft withDetails(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(details);
    all.putAll(more);
    return new EventDraft(
        eventId, type, status, version, previousVersion, scope, duration, all, error);
  }

  public EventDraft withError(String sentence) {
    return new EventDraft(
        eventId,
        type,
        status,
        version,
        previousVersion,
        scope,
        duration,
        details,
        Optional.of(sentence));
  }
}
