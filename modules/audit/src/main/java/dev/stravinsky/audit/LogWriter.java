package dev.stravinsky.audit;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.TrailHead;
import dev.stravinsky.api.config.Settings;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Appends to the log. Everything here is done by whoever holds the trail's lock. */
final class LogWriter {
  private static final int MAX_TORN = 1 << 20;

  private final Environment environment;
  private final TrailFiles files;
  private final EventsById byId;
  private final Settings.Audit settings;

  /** As it was read the last time: only what is behind is read the next. */
  private LogState log = LogState.nothing();

  LogWriter(Environment environment, TrailFiles files, EventsById byId, Settings.Audit settings) {
    this.environment = environment;
    this.files = files;
    this.byId = byId;
    this.settings = settings;
  }

  /**
   * Appends the events and forces them together; one whose id is in the trail is not written again.
   *
   * @return for each draft the new event, or the one with this id, and whether it is new
   */
  List<Appended> append(List<EventDraft> drafts) throws IOException {
    Optional<TrailHead> head = head();
    LogState state = LogState.read(files.log(), head, log);
    log = state;
    Map<String, AuditEvent> known = known(drafts, state);
    List<EventDraft> fresh = new ArrayList<>();
    Set<String> ids = new HashSet<>(known.keySet());
    for (EventDraft draft : drafts) {
      if (ids.add(EventsById.quoted(draft.eventId()))) {
        fresh.add(draft);
      }
    }
    if (!fresh.isEmpty()) {
      setTornLineAside(state);
      TrailHead before = last(state, head);
      Rotation rotation = new Rotation(environment, files, settings);
      rotation.rotateIfDue(state);
      for (AuditEvent event : write(fresh, prune(rotation, before))) {
        known.put(EventsById.quoted(event.content().eventId()), event);
      }
    }
    return results(drafts, fresh, known);
  }

  private static List<Appended> results(
      List<EventDraft> drafts, List<EventDraft> fresh, Map<String, AuditEvent> events) {
    Set<EventDraft> written = Collections.newSetFromMap(new IdentityHashMap<>());
    written.addAll(fresh);
    List<Appended> results = new ArrayList<>();
    for (EventDraft draft : drafts) {
      AuditEvent event = events.get(EventsById.quoted(draft.eventId()));
      results.add(new Appended(event, written.remove(draft)));
    }
    return results;
  }

  /** Those that are in the trail. */
  private Map<String, AuditEvent> known(List<EventDraft> drafts, LogState state)
      throws IOException {
    Set<String> inLog = new HashSet<>();
    Set<String> elsewhere = new HashSet<>();
    for (EventDraft draft : drafts) {
      String id = EventsById.quoted(draft.eventId());
      (state.ids().contains(id) ? inLog : elsewhere).add(id);
    }
    Map<String, AuditEvent> known = byId.inLog(inLog);
    known.putAll(byId.inArchives(elsewhere));
    return known;
  }

  /**
   * What became of a draft.
   *
   * @param isNew false if the event was there already
   */
  record Appended(AuditEvent event, boolean isNew) {}

  /** The head to hold the log against; none where tampering is not to be looked for. */
  private Optional<TrailHead> head() throws IOException {
    Optional<TrailHead> head = HeadFile.read(files.head());
    return settings.tamperDetectionEnabled() ? head : Optional.empty();
  }

  /**
   * The event to go on from. Where the log ends before the head, or differently, it was tampered
   * with: the chain goes on from the head, so that the gap stays to be seen for ever.
   */
  private TrailHead last(LogState state, Optional<TrailHead> head) throws IOException {
    TrailHead last =
        state.last().isPresent() ? state.last().get().link().head() : LogTail.head(files);
    if (head.isEmpty()) {
      return last;
    }
    boolean ahead = head.get().seq() > last.seq();
    boolean other = head.get().seq() == last.seq() && !head.get().hash().equals(last.hash());
    if (ahead || other) {
      return head.get();
    }
    if (!state.headHeld()) {
      Path witness = files.head().resolveSibling("head-" + head.get().seq() + ".json");
      FileWrites.rename(files.head(), witness);
      Durable.forceDirectory(files.directory());
    }
    return last;
  }

  /** Keeps what a crash left of a line, and cuts the log behind its last whole event. */
  private void setTornLineAside(LogState state) throws IOException {
    if (!state.isTorn()) {
      return;
    }
    byte[] torn;
    try (InputStream in = Files.newInputStream(files.log())) {
      in.skipNBytes(state.goodBytes());
      torn = in.readNBytes(MAX_TORN);
    }
    Durable.createDirectories(files.torn());
    long seq = state.last().map(found -> found.link().seq()).orElse(0L);
    keep(torn, seq);
    try (FileChannel channel = FileWrites.openInPlace(files.log())) {
      channel.truncate(state.goodBytes());
      channel.force(true);
    }
  }

  private void keep(byte[] torn, long seq) throws IOException {
    for (int i = 1; ; i++) {
      Path aside = files.torn().resolve("after-" + seq + (i == 1 ? "" : "-" + i) + ".txt");
      try {
        FileWrites.create(aside, torn, FileWrites.PRIVATE_FILE);
        Durable.force(aside);
        Durable.forceDirectory(files.torn());
        return;
      } catch (FileAlreadyExistsException e) {
        // The same place was torn before: both are kept.
      }
    }
  }

  /** Before old parts go, an event says so: the chain can then be verified from there. */
  private TrailHead prune(Rotation rotation, TrailHead before) throws IOException {
    List<Archive> old = rotation.outOfTime();
    if (old.isEmpty()) {
      return before;
    }
    TrailHead through;
    try {
      through = Rotation.lastOf(old.getLast());
    } catch (IOException e) {
      return before; // Damaged: it stays for verify to tell.
    }
    EventDraft checkpoint = Rotation.checkpoint(through, old);
    boolean told =
        LogState.read(files.log(), Optional.empty(), LogState.nothing())
            .ids()
            .contains(EventsById.quoted(checkpoint.eventId()));
    TrailHead after = before;
    if (!told) {
      AuditEvent event = write(List.of(checkpoint), before).getFirst();
      after = new TrailHead(event.seq(), event.hash());
    }
    rotation.delete(old);
    return after;
  }

  private List<AuditEvent> write(List<EventDraft> drafts, TrailHead before) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    List<AuditEvent> events = new ArrayList<>();
    TrailHead last = before;
    for (EventDraft draft : drafts) {
      EventLine.Written written =
          EventLine.write(
              draft,
              last,
              environment.clock().instant(),
              environment.user(),
              environment.hostname());
      lines.writeBytes(written.line());
      lines.write('\n');
      events.add(written.event());
      last = new TrailHead(written.event().seq(), written.event().hash());
    }
    appendForced(lines.toByteArray());
    try {
      HeadFile.write(files.head(), last);
    } catch (IOException e) {
      // The events are safe, and a log longer than its head is fine.
    }
    return events;
  }

  private void appendForced(byte[] line) throws IOException {
    boolean isNew = !Presence.exists(files.log());
    try (FileChannel channel =
        isNew ? FileWrites.create(files.log()) : FileWrites.openInPlace(files.log())) {
      long before = channel.size();
      try {
        channel.position(before);
        FileWrites.writeFully(channel, ByteBuffer.wrap(line));
        channel.force(true);
        if (isNew) {
          Durable.forceDirectory(files.directory());
        }
      } catch (IOException e) {
        takeBack(channel, before, e);
        throw e;
      }
    }
  }

  /** What was not forced must not be read later as if it had happened. */
  private static void takeBack(FileChannel log, long sizeBefore, IOException failure) {
    try {
      log.truncate(sizeBefore);
      log.force(true);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
