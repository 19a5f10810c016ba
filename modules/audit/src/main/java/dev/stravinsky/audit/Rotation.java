package dev.stravinsky.audit;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailHead;
import dev.stravinsky.api.config.Settings;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Closes and packs the log when it is large or old, and removes parts that are out of time. */
final class Rotation {
  static final String THROUGH_SEQ = "through_seq";
  static final String THROUGH_HASH = "through_hash";

  private final Environment environment;
  private final TrailFiles files;
  private final Settings.Audit settings;

  Rotation(Environment environment, TrailFiles files, Settings.Audit settings) {
    this.environment = environment;
    this.files = files;
    this.settings = settings;
  }

  /**
   * Renames the log into the archive, whole, and packs it there. Housekeeping: where it fails the
   * log goes on growing, and what comes next is not stopped.
   */
  void rotateIfDue(LogState state) {
    if (state.first().isEmpty() || state.last().isEmpty() || !isDue(state)) {
      return;
    }
    try {
      Durable.createDirectories(files.archive());
      String name =
          Archive.name(
              state.first().get().link().seq(),
              state.last().get().link().seq(),
              time(state.last().get()).orElse(environment.clock().instant()));
      Path closed = files.archive().resolve(name);
      environment.platform().renameNoReplace(files.log(), closed);
      Durable.forceDirectory(files.archive());
      Durable.forceDirectory(files.directory());
      for (Archive archive : files.archives()) {
        pack(archive);
      }
    } catch (IOException e) {
      // Tried again at the next event. A part that is not packed is read as it is.
    }
  }

  private boolean isDue(LogState state) {
    long limit = (long) settings.logRotationSizeMb() << 20;
    Optional<Instant> since = time(state.first().get());
    return state.goodBytes() >= limit
        || since.isPresent()
            && Duration.between(since.get(), environment.clock().instant()).toDays()
                >= settings.logRotationDays();
  }

  private static Optional<Instant> time(LogState.Found found) {
    return EventReader.read(found.line()).map(AuditEvent::timestamp);
  }

  private static void pack(Archive archive) throws IOException {
    if (archive.packed()) {
      return;
    }
    Path packed = archive.packedFile();
    Path temporary = packed.resolveSibling("." + packed.getFileName() + ".tmp");
    FileWrites.deleteIfExists(temporary);
    try (InputStream in = Files.newInputStream(archive.file());
        FileChannel channel = FileWrites.create(temporary)) {
      OutputStream raw = Channels.newOutputStream(channel);
      GZIPOutputStream out = new GZIPOutputStream(raw, 1 << 16);
      in.transferTo(out);
      out.finish();
      channel.force(true);
    } catch (IOException e) {
      FileWrites.deleteIfExists(temporary);
      throw e;
    }
    FileWrites.rename(temporary, packed);
    Durable.forceDirectory(packed.getParent());
    FileWrites.delete(archive.file());
  }

  /** The oldest parts, all of whose events are older than is kept. */
  List<Archive> outOfTime() throws IOException {
    LocalDate today = environment.clock().instant().atOffset(ZoneOffset.UTC).toLocalDate();
    LocalDate kept = today.minusDays(settings.logRetentionDays());
    return files.archives().stream().takeWhile(part -> part.day().isBefore(kept)).toList();
  }

  /** The last event of a part. */
  static TrailHead lastOf(Archive part) throws IOException {
    TrailHead last = TrailHead.EMPTY;
    try (Lines lines = Lines.open(part.file())) {
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        last = Link.of(line.get().bytes()).map(Link::head).orElse(last);
      }
    }
    return last;
  }

  /** The event that vouches for what is removed. */
  static EventDraft checkpoint(TrailHead through, List<Archive> parts) {
    return EventDraft.of(
            "pruned-through-" + through.seq(),
            EventType.AUDIT_PRUNED,
            EventStatus.SUCCESS,
            Scope.USER.key())
        .withDetails(
            Map.of(
                THROUGH_SEQ,
                Long.toString(through.seq()),
                THROUGH_HASH,
                through.hash(),
                "parts",
                Integer.toString(parts.size())));
  }

  /**
   * Removes the parts, the oldest first. What cannot be removed now is removed at the next event.
   */
  void delete(List<Archive> parts) {
    try {
      for (Archive part : parts) {
        FileWrites.delete(part.file());
      }
      Durable.forceDirectory(files.archive());
    } catch (IOException e) {
      // The checkpoint stands; a part that is still there only makes the trail longer.
    }
  }
}
