package dev.stravinsky.audit;

import dev.stravinsky.api.audit.TrailHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What one pass over the live log finds before an event is appended.
 *
 * @param first the first event
 * @param last the last event on which the chain can go on
 * @param goodBytes where that event's line ends
 * @param sizeBytes where the file ends; what is between is a line that a crash left half-written
 * @param sameId the line with the event id that was looked for
 * @param headHeld whether the event that the head names is in the log as the head has it, as far as
 *     it can be in this part of the log
 */
record LogState(
    Optional<Found> first,
    Optional<Found> last,
    long goodBytes,
    long sizeBytes,
    Optional<byte[]> sameId,
    boolean headHeld) {

  /** An event's line in the log. */
  record Found(Link link, byte[] line) {}

  boolean isTorn() {
    return goodBytes < sizeBytes;
  }

  /**
   * Reads the whole live log. A line that is not sound and that the head does not vouch for was
   * torn by a crash; one that the head vouches for is damage, which stays where it is for {@code
   * verify}.
   */
  static LogState scan(Path log, Optional<TrailHead> head, byte[] quotedId) throws IOException {
    if (!Files.exists(log)) {
      return new LogState(Optional.empty(), Optional.empty(), 0, 0, Optional.empty(), true);
    }
    Optional<Found> first = Optional.empty();
    Optional<Found> last = Optional.empty();
    Optional<byte[]> sameId = Optional.empty();
    boolean headHeld = true;
    long good = 0;
    long size = 0;
    try (Lines lines = Lines.open(log)) {
      for (var next = lines.next(); next.isPresent(); next = lines.next()) {
        Lines.Line line = next.get();
        size = line.end();
        Optional<Link> link = line.whole() ? Link.of(line.bytes()) : Optional.empty();
        if (link.isEmpty() || !isTrusted(link.get(), head)) {
          continue;
        }
        Found found = new Found(link.get(), line.bytes());
        first = first.isPresent() ? first : Optional.of(found);
        last = Optional.of(found);
        good = line.end();
        headHeld &= head.isEmpty() || holds(link.get(), head.get());
        if (Link.hasId(line.bytes(), quotedId)) {
          sameId = Optional.of(line.bytes());
        }
      }
    }
    return new LogState(first, last, good, size, sameId, headHeld);
  }

  private static boolean isTrusted(Link link, Optional<TrailHead> head) {
    return link.sound() || head.isPresent() && link.seq() <= head.get().seq();
  }

  private static boolean holds(Link link, TrailHead head) {
    return link.seq() != head.seq() || link.hash().equals(head.hash());
  }
}
