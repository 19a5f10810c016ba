package dev.stravinsky.api.audit;

import dev.stravinsky.api.ServiceFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The append-only, hash-chained record of everything that happened. The log file is the truth; the
 * index is made from it whenever it is missing or behind.
 */
public interface AuditTrail {

  /** Found by {@link java.util.ServiceLoader}. */
  interface Factory extends ServiceFactory<AuditTrail> {}

  /**
   * Appends an event and forces it to the disk before it returns. An event id that is there already
   * is not written again; the existing event is returned. Several processes may append at once.
   * With {@code audit.enable_audit_logging} false nothing is written and the result is empty.
   *
   * @throws IOException if it could not be forced; the log is then as it was before
   */
  Optional<AuditEvent> append(EventDraft draft) throws IOException;

  /**
   * Appends events in this order and forces all of them at once, which is many times faster than
   * one after the other; otherwise as {@link #append}. The result has an event for each draft. A
   * crash may leave the first of them.
   *
   * @throws IOException if they could not be forced; the log is then as it was before
   */
  default List<AuditEvent> appendAll(List<EventDraft> drafts) throws IOException {
    List<AuditEvent> events = new ArrayList<>();
    for (EventDraft draft : drafts) {
      append(draft).ifPresent(events::add);
    }
    return events;
  }

  /**
   * Keeps an event that could not be appended, where its operation goes on all the same. It is
   * written before the next event that can be, or when this is closed, by a later command if need
   * be: with the details {@code late} ({@code true}) and {@code happened} (when, in UTC). Never
   * throws; an event that can be kept nowhere is lost.
   */
  void appendLate(EventDraft draft);

  /** The newest matching events, newest first. */
  List<AuditEvent> query(EventQuery query) throws IOException;

  /**
   * The newest event of this type that is wanted. It is mostly among the last ones, which are
   * looked through first, without an index.
   */
  Optional<AuditEvent> newest(EventType type, Predicate<AuditEvent> wanted) throws IOException;

  /** The event of this id, or of this sequence number in decimal. */
  Optional<AuditEvent> find(String eventIdOrSeq) throws IOException;

  /** The last event's place and hash. */
  TrailHead head() throws IOException;

  /**
   * Walks the whole chain, the archived parts too, against every head that is kept; and against
   * {@code expected}, a head that the user wrote down elsewhere. Writes nothing.
   */
  TrailReport verify(Optional<String> expected) throws IOException;

  /** Writes matching events, oldest first. */
  void export(EventQuery query, ExportFormat format, OutputStream out) throws IOException;

  /** Figures over the events from {@code since} on. */
  TrailStatistics statistics(Instant since) throws IOException;

  /**
   * Throws the index away and makes it anew from the log.
   *
   * @return how many events it holds
   */
  long rebuildIndex() throws IOException;

  /** How exported events are written. */
  enum ExportFormat {
    JSON,
    CSV
  }
}
