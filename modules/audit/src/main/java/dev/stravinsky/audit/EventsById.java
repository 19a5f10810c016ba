package dev.stravinsky.audit;

import dev.stravinsky.api.Presence;
import dev.stravinsky.api.audit.AuditEvent;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipException;

/** Finds events that are in the trail already, so that none is written twice. */
final class EventsById {
  /** More than this, packed, takes longer to read than to look up. */
  private static final long MUCH = 8L << 20;

  private final TrailFiles files;
  private final EventSearch search;
  private final long much;

  EventsById(TrailFiles files, EventSearch search) {
    this(files, search, MUCH);
  }

  /**
   * @param much an archive of more packed bytes is looked up
   */
  EventsById(TrailFiles files, EventSearch search, long much) {
    this.files = files;
    this.search = search;
    this.much = much;
  }

  /** An id as it stands in a line. */
  static String quoted(String eventId) {
    StringBuilder quoted = new StringBuilder();
    JsonStrings.append(quoted, EventLine.cut(eventId));
    byte[] bytes = quoted.toString().getBytes(StandardCharsets.UTF_8);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The events in the live log that have one of these ids, as {@link #quoted}. */
  Map<String, AuditEvent> inLog(Set<String> ids) throws IOException {
    Map<String, AuditEvent> found = new HashMap<>();
    if (!ids.isEmpty()) {
      collect(files.log(), ids, found);
    }
    return found;
  }

  /** The same in the archive. */
  Map<String, AuditEvent> inArchives(Set<String> ids) throws IOException {
    Map<String, AuditEvent> found = new HashMap<>();
    List<Archive> archives = files.archives();
    if (ids.isEmpty() || archives.isEmpty()) {
      return found;
    }
    long bytes = 0;
    for (Archive archive : archives) {
      bytes += Files.size(archive.file());
    }
    for (Archive archive :
        bytes > much && Presence.exists(files.index()) ? holding(ids) : archives) {
      collect(archive.file(), ids, found);
    }
    return found;
  }

  /**
   * The parts in which the index has such events: it can be changed by anybody, so they are read.
   */
  private List<Archive> holding(Set<String> ids) throws IOException {
    Set<Long> places = new HashSet<>();
    for (String id : ids) {
      String plain = new String(id.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
      String unquoted = EventReader.readDetails("{\"id\":" + plain + "}").get("id");
      search.find(unquoted).ifPresent(event -> places.add(event.seq()));
    }
    return files.archives().stream().filter(part -> places.stream().anyMatch(part::holds)).toList();
  }

  private static void collect(Path segment, Set<String> ids, Map<String, AuditEvent> found)
      throws IOException {
    try (Lines lines = Lines.open(segment)) {
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        String id = Link.quotedId(line.get().bytes());
        if (ids.contains(id)) {
          Optional<AuditEvent> event = EventReader.read(line.get().bytes());
          event.ifPresent(known -> found.put(id, known));
        }
      }
    } catch (ZipException | EOFException e) {
      // A damaged archive is for verify to tell; it must not stop what is happening now.
    }
  }
}
