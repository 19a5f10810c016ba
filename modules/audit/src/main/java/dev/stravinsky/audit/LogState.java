package dev.stravinsky.audit;

import dev.stravinsky.api.Presence;
import dev.stravinsky.api.audit.TrailHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of the live log before an event is appended.
 *
 * @param first the first event
 * @param last the last event on which the chain can go on
 * @param goodBytes where that event's line ends
 * @param sizeBytes where the file ends; what is between is a line that a crash left half-written
 * @param ids the ids of all events, as {@link Link#quotedId}
 * @param headHeld whether the event that the head names is in the log as the head has it, as far as
 *     it can be in this part of the log
 */
record LogState(
    Optional<Found> first,
    Optional<Found> last,
    long goodBytes,
    long sizeBytes,
    Set<String> ids,
    boolean headHeld) {

  /** An event's line in the log. */
  record Found(Link link, byte[] line) {}

  /** Before anything was read. */
  static LogState nothing() {
    return new LogState(Optional.empty(), Optional.empty(), 0, 0, new HashSet<>(), true);
  }

  boolean isTorn() {
    return goodBytes < sizeBytes;
  }

  /**
   * Reads the live log, from where {@code known} ended if the log still goes on from there. A line
   * that is not sound and that the head does not vouch for was torn by a crash; one that the head
   * vouches for is damage, which stays where it is for {@code verify}.
   */
  static LogState read(Path log, Optional<TrailHead> head, LogState known) throws IOException {
    if (!Presence.exists(log)) {
      return nothing();
    }
    return known.isBeginningOf(log, head)
        ? known.andBehind(log, head)
        : nothing().andBehind(log, head);
  }

  /** Whether the log goes on from here, and the head says nothing new of what was before. */
  private boolean isBeginningOf(Path log, Optional<TrailHead> head) throws IOException {
    if (last.isEmpty() || isTorn() || Files.size(log) < goodBytes) {
      return false;
    }
    TrailHead end = last.get().link().head();
    if (head.isPresent() && head.get().seq() <= end.seq() && !head.get().equals(end)) {
      return false;
    }
    byte[] line = last.get().line();
    try (Lines lines = Lines.open(log, goodBytes - line.length - 1)) {
      return lines
          .next()
          .filter(now -> now.whole() && Arrays.equals(now.bytes(), line))
          .isPresent();
    }
  }

  private LogState andBehind(Path log, Optional<TrailHead> head) throws IOException {
    Optional<Found> newFirst = first;
    Optional<Found> newLast = last;
    Set<String> all = ids;
    boolean held = headHeld;
    long good = goodBytes;
    long size = goodBytes;
    try (Lines lines = Lines.open(log, goodBytes)) {
      for (var next = lines.next(); next.isPresent(); next = lines.next()) {
        Lines.Line line = next.get();
        size = line.end();
        Optional<Link> link = line.whole() ? Link.of(line.bytes()) : Optional.empty();
        if (link.isEmpty() || !isTrusted(link.get(), head)) {
          continue;
        }
        Found found = new Found(link.get(), line.bytes());
        newFirst = newFirst.isPresent() ? newFirst : Optional.of(found);
        newLast = Optional.of(found);
        good = line.end();
        held &= head.isEmpty() || holds(link.get(), head.get());
        all.add(Link.quotedId(line.bytes()));
      }
    }
    return new LogState(newFirst, newLast, good, size, all, held);
  }

  private static boolean isTrusted(Link link, Optional<TrailHead> head) {
    return link.sound() || head.isPresent() && link.seq() <= head.get().seq();
  }

  private static boolean holds(Link link, TrailHead head) {
    return link.seq() != head.seq() || link.hash().equals(head.hash());
  }
}
