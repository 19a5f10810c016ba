package dev.stravinsky.audit;

import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventType;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Answers questions: by the index, and without it where SQLite cannot be had. */
final class EventSearch implements AutoCloseable {
  private final TrailFiles files;
  private Optional<EventIndex> open = Optional.empty();

  EventSearch(TrailFiles files) {
    this.files = files;
  }

  /** A question to the index. */
  @FunctionalInterface
  private interface Question<A> {
    A ask(EventIndex index) throws SQLException, IOException;
  }

  List<AuditEvent> query(EventQuery query) throws IOException {
    Optional<List<AuditEvent>> answer = answer(index -> index.query(query));
    return answer.isPresent() ? answer.get() : queryLog(query);
  }

  Optional<AuditEvent> find(String idOrSeq) throws IOException {
    Optional<Optional<AuditEvent>> answer = answer(index -> index.find(idOrSeq));
    return answer.isPresent() ? answer.get() : findInLog(idOrSeq);
  }

  TrailFigures figures(EventQuery since) throws IOException {
    String from = since.from().map(EventLine::timestamp).orElse("");
    Optional<TrailFigures> answer = answer(index -> index.figures(from));
    return answer.isPresent() ? answer.get() : figuresOfLog(since);
  }

  /** Makes the index anew. */
  long rebuild() throws IOException {
    closeIndex();
    if (EventIndex.canOpen(files.index()) && files.exist()) {
      EventIndex.delete(files.index());
    }
    Optional<Long> count = answer(EventIndex::count);
    return count.isPresent() ? count.get() : (long) queryLog(EventQuery.ALL).size();
  }

  /** The answer of an index that agrees with the log; empty if there can be none. */
  private <A> Optional<A> answer(Question<A> question) throws IOException {
    if (!files.exist()) {
      return Optional.empty();
    }
    if (open.isEmpty() && EventIndex.canOpen(files.index())) {
      Optional<A> answer = onDisk(question);
      if (answer.isPresent()) {
        return answer;
      }
    }
    try {
      if (open.isEmpty()) {
        open = Optional.of(EventIndex.inMemory());
      }
      return Optional.of(ask(open.get().freshlyMade(), question));
    } catch (SQLException | LinkageError e) {
      closeIndex();
      return Optional.empty(); // No SQLite for this machine: the log itself is read.
    }
  }

  /** Empty if there can be no index in the file; a damaged one is thrown away, once. */
  private <A> Optional<A> onDisk(Question<A> question) throws IOException {
    for (int attempt = 1; attempt <= 2; attempt++) {
      try (EventIndex index = EventIndex.onDisk(files.index())) {
        return Optional.of(ask(attempt == 1 ? index : index.freshlyMade(), question));
      } catch (SQLException e) {
        if (EventIndex.isBusy(e)) {
          return Optional.empty();
        }
        discardDamaged();
      } catch (IOException | LinkageError e) {
        return Optional.empty(); // A home that can only be read; or no SQLite for this machine.
      }
    }
    return Optional.empty();
  }

  private void discardDamaged() {
    try {
      EventIndex.delete(files.index());
    } catch (IOException e) {
      // Then it is left alone, and an index in memory answers.
    }
  }

  private <A> A ask(EventIndex index, Question<A> question) throws SQLException, IOException {
    index.follow(files);
    return question.ask(index);
  }

  /** Every event that can be read, oldest first. */
  void forEach(Consumer<AuditEvent> consumer) throws IOException {
    for (Path segment : files.segments()) {
      try (Lines lines = Lines.open(segment)) {
        for (var line = lines.next(); line.isPresent(); line = lines.next()) {
          line.filter(Lines.Line::whole)
              .flatMap(l -> EventReader.read(l.bytes()))
              .ifPresent(consumer);
        }
      } catch (java.util.zip.ZipException | java.io.EOFException e) {
        // What could be read of a damaged archive was read; verify names it.
      }
    }
  }

  private List<AuditEvent> queryLog(EventQuery query) throws IOException {
    int limit = query.limit().orElse(Integer.MAX_VALUE);
    Deque<AuditEvent> newest = new ArrayDeque<>();
    forEach(
        event -> {
          if (limit > 0 && EventSelection.matches(query, event)) {
            newest.addFirst(event);
            if (newest.size() > limit) {
              newest.removeLast();
            }
          }
        });
    return new ArrayList<>(newest);
  }

  private Optional<AuditEvent> findInLog(String idOrSeq) throws IOException {
    List<AuditEvent> byId = new ArrayList<>();
    List<AuditEvent> bySeq = new ArrayList<>();
    forEach(
        event -> {
          if (event.content().eventId().equals(idOrSeq)) {
            byId.add(event);
          } else if (Long.toString(event.seq()).equals(idOrSeq)) {
            bySeq.add(event);
          }
        });
    byId.addAll(bySeq);
    return byId.stream().findFirst();
  }

  private TrailFigures figuresOfLog(EventQuery since) throws IOException {
    TrailFigures figures = new TrailFigures();
    forEach(
        event -> {
          if (EventSelection.matches(since, event)) {
            figures.add(
                event.content().type(),
                event.content().status(),
                event.content().duration().map(EventLine::seconds).map(Double::valueOf),
                event.content().version(),
                event.content().type() == EventType.BACKUP_CREATED
                    ? TrailFigures.seconds(event.content().details().get(TrailFigures.READ_BACK))
                    : Optional.empty());
          }
        });
    return figures;
  }

  private void closeIndex() {
    if (open.isPresent()) {
      try {
        open.get().close();
      } catch (SQLException e) {
        // An index in memory has nothing to lose.
      }
      open = Optional.empty();
    }
  }

  @Override
  public void close() {
    closeIndex();
  }
}
