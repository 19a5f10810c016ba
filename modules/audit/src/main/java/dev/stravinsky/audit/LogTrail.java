package dev.stravinsky.audit;

import dev.stravinsky.api.DiskUse;
import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.AuditTrail;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailHead;
import dev.stravinsky.api.audit.TrailReport;
import dev.stravinsky.api.audit.TrailStatistics;
import dev.stravinsky.api.config.Settings;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.Reserve;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The trail as a log file that is only ever appended to. */
final class LogTrail implements AuditTrail, AutoCloseable {
  /** More than this is read faster from the index. */
  private static final int SHORT_LISTING = 1_000;

  /** As many bytes of the log are looked through before the index is opened, which takes longer. */
  private static final int SHORT_LOG = 256 * 1024;

  private final Services services;
  private final TrailFiles files;
  private final TrailLock lock;
  private final EventSearch search;
  private final Sinks sinks;
  private final LateEvents late;
  private Optional<LogWriter> writer = Optional.empty();

  LogTrail(Services services) {
    this.services = services;
    Environment environment = services.environment();
    this.files = new TrailFiles(environment.home());
    this.lock = new TrailLock(environment, files);
    this.search = new EventSearch(files);
    this.late = new LateEvents(environment);
    this.sinks = new Sinks(services, this::append);
  }

  @Override
  public Optional<AuditEvent> append(EventDraft draft) throws IOException {
    return appendAll(List.of(draft)).stream().findFirst();
  }

  @Override
  public synchronized List<AuditEvent> appendAll(List<EventDraft> drafts) throws IOException {
    Settings.Audit settings = services.settings().audit();
    if (!settings.enableAuditLogging()) {
      appendDisabled(settings);
      return List.of();
    }
    return drafts.isEmpty() ? List.of() : appendLocked(drafts, settings);
  }

  private List<AuditEvent> appendLocked(List<EventDraft> drafts, Settings.Audit settings)
      throws IOException {
    if (writer.isEmpty()) {
      EventsById byId = new EventsById(files, search);
      writer = Optional.of(new LogWriter(services.environment(), files, byId, settings));
    }
    LogWriter ours = writer.get();
    List<EventDraft> all = new ArrayList<>(late.waiting());
    int waited = all.size();
    all.addAll(drafts);
    List<LogWriter.Appended> appended;
    Durable.createDirectories(files.directory());
    try (Lease writing = lock.forWriting()) {
      appended = new Reserve(services.environment().home()).spendOn(() -> ours.append(all));
    }
    late.written();
    appended.stream().filter(LogWriter.Appended::isNew).forEach(each -> sinks.tell(each.event()));
    return appended.stream().skip(waited).map(LogWriter.Appended::event).toList();
  }

  @Override
  public synchronized void appendLate(EventDraft draft) {
    late.keep(draft);
  }

  private void appendLateOnes() {
    try {
      if (services.settings().audit().enableAuditLogging() && !late.waiting().isEmpty()) {
        appendLocked(List.of(), services.settings().audit());
      }
    } catch (IOException | StravinskyException e) {
      // They wait for a later command.
    }
    late.save();
  }

  /** That nothing is written from here on is the last thing that is written. */
  private void appendDisabled(Settings.Audit settings) throws IOException {
    Optional<EventType> last = newest(1).stream().findFirst().map(e -> e.content().type());
    if (last.isEmpty() || last.get() != EventType.AUDIT_DISABLED) {
      String id = services.environment().ids().get() + "-AUDIT_DISABLED";
      appendLocked(
          List.of(
              EventDraft.of(id, EventType.AUDIT_DISABLED, EventStatus.SUCCESS, Scope.USER.key())),
          settings);
    }
  }

  @Override
  public synchronized List<AuditEvent> query(EventQuery query) throws IOException {
    int limit = query.limit().orElse(Integer.MAX_VALUE);
    if (limit <= 0) {
      return List.of();
    }
    try (Lease reading = lock.forReading()) {
      if (EventSelection.of(query).isEverything() && limit <= SHORT_LISTING) {
        LogTail.Newest tail = LogTail.newest(files.log(), limit);
        if (tail.lines().size() == limit || files.archives().isEmpty()) {
          return events(tail);
        }
      }
      return search.query(query);
    }
  }

  @Override
  public synchronized Optional<AuditEvent> newest(EventType type, Predicate<AuditEvent> wanted)
      throws IOException {
    try (Lease reading = lock.forReading()) {
      LogTail.Newest tail = LogTail.newestWithin(files.log(), SHORT_LOG);
      for (byte[] line : tail.lines()) {
        Optional<AuditEvent> event =
            EventLine.mayBe(line, type) ? EventReader.read(line) : Optional.empty();
        if (event.filter(e -> e.content().type() == type).filter(wanted).isPresent()) {
          return event;
        }
      }
      return tail.complete() && files.archives().isEmpty()
          ? Optional.empty()
          : search.query(EventQuery.ALL.withType(type)).stream().filter(wanted).findFirst();
    }
  }

  private List<AuditEvent> newest(int count) throws IOException {
    return query(EventQuery.ALL.withLimit(count));
  }

  private static List<AuditEvent> events(LogTail.Newest tail) {
    return tail.lines().stream().flatMap(line -> EventReader.read(line).stream()).toList();
  }

  @Override
  public synchronized Optional<AuditEvent> find(String eventIdOrSeq) throws IOException {
    try (Lease reading = lock.forReading()) {
      return search.find(eventIdOrSeq);
    }
  }

  @Override
  public TrailHead head() throws IOException {
    try (Lease reading = lock.forReading()) {
      return LogTail.head(files);
    }
  }

  @Override
  public TrailReport verify(Optional<String> expected) throws IOException {
    try (Lease reading = lock.forReading()) {
      return Verification.verify(files, expected);
    }
  }

  @Override
  public synchronized void export(EventQuery query, ExportFormat format, OutputStream out)
      throws IOException {
    EventExport export = new EventExport(format, out);
    export.begin();
    if (query.limit().isPresent()) {
      for (AuditEvent event : query(query).reversed()) {
        export.add(event);
      }
    } else {
      exportAll(query, export);
    }
    export.end();
  }

  private void exportAll(EventQuery query, EventExport export) throws IOException {
    try (Lease reading = lock.forReading()) {
      search.forEach(
          event -> {
            if (EventSelection.matches(query, event)) {
              try {
                export.add(event);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public synchronized TrailStatistics statistics(Instant since) throws IOException {
    try (Lease reading = lock.forReading()) {
      TrailFigures figures = search.figures(EventQuery.ALL.withFrom(since));
      DiskUse use = DiskUse.of(services.environment().home());
      return figures.statistics(
          use.of(DiskUse.Part.BACKUPS), use.of(DiskUse.Part.TRAIL) + use.of(DiskUse.Part.INDEX));
    }
  }

  @Override
  public synchronized long rebuildIndex() throws IOException {
    try (Lease reading = lock.forReading()) {
      return search.rebuild();
    }
  }

  @Override
  public void close() {
    // Not in the lock: a sink's failure is appended meanwhile.
    sinks.close();
    synchronized (this) {
      if (late.any()) {
        appendLateOnes();
      }
      search.close();
    }
  }
}
