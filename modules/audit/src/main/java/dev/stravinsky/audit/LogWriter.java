package dev.stravinsky.audit;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.TrailHead;
import dev.stravinsky.api.config.Settings;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Appends to the log. Everything here is done by whoever holds the trail's lock. */
final class LogWriter {
  private static final int MAX_TORN = 1 << 20;

  private final Environment environment;
  private final TrailFiles files;
  private final Settings.Audit settings;

  LogWriter(Environment environment, TrailFiles files, Settings.Audit settings) {
    this.environment = environment;
    this.files = files;
    this.settings = settings;
  }

  /**
   * Appends the event and forces it, unless its id is in the trail.
   *
   * @return the new event, or the one with this id, and whether it is new
   */
  Appended append(EventDraft draft) throws IOException {
    byte[] id = quoted(EventLine.cut(draft.eventId()));
    Optional<TrailHead> head = head();
    LogState state = LogState.scan(files.log(), head, id);
    Optional<AuditEvent> known = state.sameId().flatMap(EventReader::read);
    if (known.isEmpty()) {
      known = inArchives(id);
    }
    if (known.isPresent()) {
      return new Appended(known.get(), false);
    }
    setTornLineAside(state);
    TrailHead before = last(state, head);
    Rotation rotation = new Rotation(environment, files, settings);
    rotation.rotateIfDue(state);
    before = prune(rotation, before);
    return new Appended(write(draft, before), true);
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

  private Optional<AuditEvent> inArchives(byte[] id) throws IOException {
    for (Archive archive : files.archives().reversed()) {
      try (Lines lines = Lines.open(archive.file())) {
        for (var line = lines.next(); line.isPresent(); line = lines.next()) {
          if (Link.hasId(line.get().bytes(), id)) {
            return EventReader.read(line.get().bytes());
          }
        }
      } catch (java.util.zip.ZipException | java.io.EOFException e) {
        // A damaged archive is for verify to tell; it must not stop what is happening now.
      }
    }
    return Optional.empty();
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
    try (FileChannel log = FileWrites.openInPlace(files.log())) {
      log.truncate(state.goodBytes());
      log.force(true);
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
        LogState.scan(files.log(), Optional.empty(), quoted(checkpoint.eventId()))
            .sameId()
            .isPresent();
    TrailHead after = before;
    if (!told) {
      AuditEvent event = write(checkpoint, before);
      after = new TrailHead(event.seq(), event.hash());
    }
    rotation.delete(old);
    return after;
  }

  private AuditEvent write(EventDraft draft, TrailHead before) throws IOException {
    EventLine.Written written =
        EventLine.write(
            draft,
            before,
            environment.clock().instant(),
            environment.user(),
            environment.hostname());
    byte[] line = Arrays.copyOf(written.line(), written.line().length + 1);
    line[line.length - 1] = '\n';
    appendForced(line);
    AuditEvent event = written.event();
    try {
      HeadFile.write(files.head(), new TrailHead(event.seq(), event.hash()));
    } catch (IOException e) {
      // The event is safe, and a log longer than its head is fine.
    }
    return event;
  }

  private void appendForced(byte[] line) throws IOException {
    boolean isNew = !Files.exists(files.log());
    try (FileChannel log =
        isNew ? FileWrites.create(files.log()) : FileWrites.openInPlace(files.log())) {
      long before = log.size();
      try {
        log.position(before);
        FileWrites.writeFully(log, ByteBuffer.wrap(line));
        log.force(true);
        if (isNew) {
          Durable.forceDirectory(files.directory());
        }
      } catch (IOException e) {
        takeBack(log, before, e);
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

  private static byte[] quoted(String eventId) {
    StringBuilder quoted = new StringBuilder();
    JsonStrings.append(quoted, eventId);
    return quoted.toString().getBytes(StandardCharsets.UTF_8);
  }
}
