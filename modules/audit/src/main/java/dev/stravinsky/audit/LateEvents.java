package dev.stravinsky.audit;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Order;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.TrailHead;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Events that wait until the trail can be written again: in memory, and when the command ends in a
 * file of its own in {@code late-events/}, as lines like those of the log that belong to no chain.
 */
final class LateEvents {
  private final Environment environment;
  private final Path folder;
  private final List<AuditEvent> here = new ArrayList<>();
  private List<Path> read = List.of();

  LateEvents(Environment environment) {
    this.environment = environment;
    this.folder = environment.home().lateEvents();
  }

  void keep(EventDraft draft) {
    here.add(
        EventLine.write(
                draft,
                TrailHead.EMPTY,
                environment.clock().instant(),
                environment.user(),
                environment.hostname())
            .event());
  }

  /** Whether this command has kept one that is not in the trail yet. */
  boolean any() {
    return !here.isEmpty();
  }

  /** All that wait, the oldest first, each saying that it is late. */
  List<EventDraft> waiting() {
    List<AuditEvent> all = new ArrayList<>(here);
    List<Path> whole = new ArrayList<>();
    for (Path file : files()) {
      try (Lines lines = Lines.open(file)) {
        for (var line = lines.next(); line.isPresent(); line = lines.next()) {
          EventReader.read(line.get().bytes()).ifPresent(all::add);
        }
        whole.add(file);
      } catch (IOException e) {
        // Tried again at the next event; what happens now goes into the trail all the same.
      }
    }
    read = whole;
    all.sort(Order.by(AuditEvent::timestamp));
    return all.stream().map(LateEvents::late).toList();
  }

  private List<Path> files() {
    try {
      return Presence.isDirectory(folder) ? TrailFiles.list(folder) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static EventDraft late(AuditEvent event) {
    return event
        .content()
        .withDetails(Map.of("late", "true", "happened", EventLine.timestamp(event.timestamp())));
  }

  /** They are in the trail: none waits any more. What cannot be removed is known by its ids. */
  void written() {
    here.clear();
    for (Path file : read) {
      try {
        FileWrites.delete(file);
      } catch (IOException e) {
        // Read again the next time, when its events are in the trail already.
      }
    }
    read = List.of();
  }

  /** The command ends: a later one writes them. */
  void save() {
    if (here.isEmpty()) {
      return;
    }
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (AuditEvent event : here) {
      EventLine.Written written =
          EventLine.write(
              event.content(), TrailHead.EMPTY, event.timestamp(), event.user(), event.hostname());
      lines.writeBytes(written.line());
      lines.write('\n');
    }
    try {
      Durable.createDirectories(folder);
      Path file = folder.resolve(environment.ids().get() + ".log");
      Durable.replace(file, lines.toByteArray(), FileWrites.PRIVATE_FILE);
    } catch (IOException e) {
      // Nowhere to keep them. The command has said that they are missing.
    }
    here.clear();
  }
}
